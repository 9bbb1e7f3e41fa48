import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { changedSince, unusualUnits } from '#lib/server/rounds/look-through.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { approve, needsTwoPeople } from '#lib/server/rounds/release.ts';
import { allReports } from '#lib/server/rounds/reports.ts';
import { findEdition, findRound } from '#lib/server/rounds/rounds.ts';
import { sha256 } from '#lib/server/rounds/versions.ts';
import { roundZip } from '#lib/server/rounds/zip.ts';
import { addEdition, anna, bo, evening, freshRounds } from './fresh-rounds.ts';

const round = '2026-09';

/** A report in both formats as it has been made, its bytes made of the given text. */
function addReport(rounds: Rounds, edition: number, of: string, text: string, newBirths = 0, kind = 'unit') {
	for (const locale of ['sv', 'en'])
		for (const format of ['pdf', 'xlsx']) {
			const path = `rounds/${round}/${edition}/reports/${kind}/${of}-${locale}.${format}`;
			const bytes = Buffer.from(`${text} ${locale} ${format}`);
			mkdirSync(dirname(join(rounds.folder, path)), { recursive: true });
			writeFileSync(join(rounds.folder, path), bytes);
			rounds.db
				.prepare(
					`insert into report values (?, ?, ?, ?, ?, ?, ?, 'made', null, ?, ?, ?, 'Först.', ?, 1, 0, ?)`
				)
				.run(
					round,
					edition,
					kind,
					of,
					kind === 'unit' ? of : null,
					locale,
					format,
					sha256(bytes),
					bytes.length,
					path,
					newBirths > 0 ? 1 : 0,
					newBirths
				);
		}
}

function madeEdition(rounds: Rounds, number = 1): void {
	addEdition(rounds, round, number);
	addReport(rounds, number, 'danderyd', 'like before', 12);
	addReport(rounds, number, 'huddinge', `of edition ${number}`, 340);
	addReport(rounds, number, 'karlstad', 'nothing new');
	rounds.db.exec(`update edition set state = 'made', made_at = ${evening} where number = ${number}`);
}

test('one person releases an edition that is made', () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	expect(needsTwoPeople(rounds)).toBe(false);
	expect(approve(rounds, round, 1, anna, evening)).toMatchObject({
		state: 'released',
		releasedAt: evening,
		releasedBy: 'Anna Öst',
		approvals: [{ who: 'anna', name: 'Anna Öst', at: evening }]
	});
	expect(findRound(rounds, round, '2026-09-02')?.state).toBe('released');
	expect(approve(rounds, round, 1, bo, evening)).toEqual({ refused: 'superseded' });
});

test('where two people have to, the same person cannot approve twice, and a command is one person', () => {
	const { folder } = freshRounds();
	const rounds = openRounds(folder, { twoPeople: true });
	madeEdition(rounds);
	expect(approve(rounds, round, 1, anna, evening)).toMatchObject({ state: 'made', releasedAt: null });
	expect(approve(rounds, round, 1, { ...anna, name: 'Anna Ö' }, evening)).toEqual({ refused: 'sameperson' });
	expect(approve(rounds, round, 1, bo, evening + 1)).toMatchObject({
		state: 'released',
		releasedBy: 'Bo Ek'
	});
	madeEdition(rounds, 2);
	expect(approve(rounds, round, 2, null, evening)).toMatchObject({ state: 'made' });
	expect(approve(rounds, round, 2, null, evening)).toEqual({ refused: 'sameperson' });
	rounds.close();
});

test('an edition is not released before all of it is made, nor with a report that could not be', () => {
	const rounds = freshRounds();
	addEdition(rounds, round, 1);
	expect(approve(rounds, round, 1, anna, evening)).toEqual({ refused: 'notMade' });
	addReport(rounds, 1, 'danderyd', 'x');
	rounds.db.exec(`update edition set state = 'made'`);
	rounds.db.exec(`update report set state = 'failed', fault = 'x' where locale = 'en'`);
	expect(approve(rounds, round, 1, anna, evening)).toEqual({ refused: 'failedReports' });
	rounds.db.exec(`update report set state = 'waiting', fault = null where locale = 'en'`);
	expect(approve(rounds, round, 1, anna, evening)).toEqual({ refused: 'notMade' });
	expect(findEdition(rounds, round)?.approvals).toEqual([]);
});

test('a report whose file is gone or cut short holds the release, and can be made again', () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	const [report] = allReports(rounds, round, 1);
	writeFileSync(join(rounds.folder, report?.path ?? ''), 'x');
	expect(approve(rounds, round, 1, anna, evening)).toEqual({ refused: 'failedReports' });
	expect(allReports(rounds, round, 1).filter(({ state }) => state === 'failed')).toMatchObject([
		{ path: report?.path, fault: 'its file is not as it was made' }
	]);
});

test('only the newest edition is released', () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	addEdition(rounds, round, 2);
	expect(approve(rounds, round, 1, anna, evening)).toEqual({ refused: 'superseded' });
});

test('units are the more unusual, the more births their new flags concern', () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	const units = unusualUnits(wholeNation, rounds, round, 1);
	expect(units.map(({ unit, flags }) => [unit, flags.newBirths])).toEqual([
		['huddinge', 340],
		['danderyd', 12]
	]);
	expect(unusualUnits(scopeOfUnits(['danderyd']), rounds, round, 1)).toEqual(units.slice(1));
});

test('a new edition says which reports are not as before', () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	expect(changedSince(wholeNation, rounds, round, 1)).toBeUndefined();
	madeEdition(rounds, 2);
	addReport(rounds, 2, 'ystad', 'x');
	rounds.db.exec(`delete from report where edition = 2 and subject = 'karlstad'`);
	expect(changedSince(wholeNation, rounds, round, 2)).toEqual([
		{ kind: 'unit', of: 'huddinge', how: 'changed' },
		{ kind: 'unit', of: 'ystad', how: 'added' },
		{ kind: 'unit', of: 'karlstad', how: 'gone' }
	]);
	expect(changedSince(scopeOfUnits(['danderyd']), rounds, round, 2)).toEqual([]);
});

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
	return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
}

test('the ZIP holds every report and a manifest with its hash, and is the same each time', async () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	const bytes = await bytesOf(roundZip(rounds, round, 1));
	const files = unzipSync(bytes);
	const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
	expect(manifest).toMatchObject({
		round,
		edition: 1,
		reason: null,
		period: { from: '2026-01', to: '2026-06' },
		cutOff: '2026-09-01',
		versions: { entry: 7 }
	});
	expect(manifest.reports).toHaveLength(12);
	expect(Object.keys(files).sort()).toEqual(
		['manifest.json', ...manifest.reports.map(({ file }: { file: string }) => file)].sort()
	);
	for (const { file, sha256: hash, bytes: length, unit } of manifest.reports) {
		expect([sha256(files[file] ?? ''), files[file]?.length]).toEqual([hash, length]);
		expect(file).toMatch(new RegExp(`^unit/${unit}-(sv|en)[.](pdf|xlsx)$`));
	}
	expect(Buffer.compare(await bytesOf(roundZip(rounds, round, 1)), bytes)).toBe(0);
});

test('a ZIP with a file that is not as it was made comes to no end', async () => {
	const rounds = freshRounds();
	madeEdition(rounds);
	const [report] = allReports(rounds, round, 1);
	writeFileSync(join(rounds.folder, report?.path ?? ''), 'x'.repeat(report?.bytes ?? 0));
	await expect(bytesOf(roundZip(rounds, round, 1))).rejects.toThrow('not as it was made');
});
