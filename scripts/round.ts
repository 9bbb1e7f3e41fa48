/**
 * A round of feedback: frozen, made, released, for those who leave the hour to cron:
 *
 *     npm run round -- 2026-09 --make [--reason TEXT] [--release] [--data DIR] [--register data/mfr]
 *     npm run round -- [2026-09] --list
 *
 * --make freezes the round when it has no edition yet, or when there is a --reason for a new one, and makes the reports
 * that wait or have failed. --release approves it, as one person. docs/rounds.md tells the life of a round.
 */
import { parseArgs } from 'node:util';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { formatPeriod } from '#lib/period/period.ts';
import type { Day } from '#lib/period/day.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { holderOf } from '#lib/server/register/lock.ts';
import { isPlain, openRegister } from '#lib/server/register/open.ts';
import { FrozenDamaged } from '#lib/server/rounds/frozen-folder.ts';
import { freeze, NoSuchRound, ReasonNeeded, TooEarly } from '#lib/server/rounds/freeze.ts';
import { begunEditions, countsOf, makeReports } from '#lib/server/rounds/make.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { approve, type Refusal } from '#lib/server/rounds/release.ts';
import { allReports } from '#lib/server/rounds/reports.ts';
import { findRound, listRounds, type Edition, type KeptRound } from '#lib/server/rounds/rounds.ts';
import { OtherVersions } from '#lib/server/rounds/versions.ts';
import { told } from './data-folder/told.ts';

/** Something that the person at the keyboard can put right. */
class Usage extends Error {}

const usage = `npm run round -- 2026-09 --make [--reason TEXT] [--release] [--data DIR] [--register DIR]
npm run round -- [2026-09] --list [--data DIR]`;

function options() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
			register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' },
			make: { type: 'boolean', default: false },
			reason: { type: 'string' },
			release: { type: 'boolean', default: false },
			list: { type: 'boolean', default: false }
		}
	});
	const [id, ...more] = positionals;
	const acts = values.make || values.release;
	if (
		more.length ||
		(acts && id === undefined) ||
		(!acts && !values.list) ||
		(values.reason !== undefined && !values.make)
	)
		throw new Usage(usage);
	return { ...values, id };
}

type Options = ReturnType<typeof options>;

async function main(): Promise<void> {
	const asked = options();
	const today = swedishTime(Date.now()).slice(0, 10);
	const rounds = openRounds(asked.data, { twoPeople: process.env.BORTFALL_TWO_PEOPLE === 'yes' });
	try {
		if (asked.id !== undefined) await hold(rounds, asked.id, asked, today);
		else for (const round of listRounds(rounds, today)) console.log(lineOf(rounds, round));
	} finally {
		rounds.close();
	}
}

async function hold(rounds: Rounds, id: string, asked: Options, today: Day): Promise<void> {
	if (!findRound(rounds, id, today))
		throw new NoSuchRound(
			`There is no round ${id}: they are held in March, May, June, September and December.`
		);
	if (asked.make) await make(rounds, id, asked, today);
	if (asked.release) release(rounds, id, today);
	if (asked.list) list(rounds, id, today);
}

/** Freezes what is not frozen and makes what is not made; tells of what could not be. */
async function make(rounds: Rounds, id: string, asked: Options, today: Day): Promise<void> {
	const definition = await loadDefinition(asked.register);
	const { number } = await frozen(rounds, id, asked, today);
	const isHeld = holderOf(asked.data) !== undefined;
	if (isHeld && begunEditions(rounds).some((edition) => edition.round === id && edition.number === number))
		throw new Usage(`The server is making edition ${number} of ${id}: its page shows how far it has come.`);
	const begun = performance.now();
	const before = countsOf(rounds, id, number);
	const pool = createPdfPool(2);
	const { at, end } = told('made');
	try {
		await makeReports({ definition }, rounds, id, number, {
			pool,
			now: () => Date.now(),
			told: ({ done, total }) => at(done, total)
		});
	} finally {
		await pool.close();
		await closeDesk();
	}
	const { done, total, failed } = countsOf(rounds, id, number);
	const seconds = ((performance.now() - begun) / 1000).toFixed(1);
	const made = `${done - failed} of ${total} files of edition ${number} of ${id} are made`;
	end(before.done === total && before.failed === 0 ? `${made}.` : `${made}, in ${seconds} s.`);
	for (const { kind, of, locale, format, fault } of failures(rounds, id, number))
		console.error(`${kind} ${of} (${locale}, ${format}): ${fault}`);
	if (failed) process.exitCode = 1;
}

const failures = (rounds: Rounds, id: string, number: number) =>
	allReports(rounds, id, number).filter(({ state }) => state === 'failed');

/** The newest edition; with a reason, or where there is none, a new one. */
async function frozen(rounds: Rounds, id: string, asked: Options, today: Day): Promise<Edition> {
	const newest = findRound(rounds, id, today)?.editions[0];
	if (newest && asked.reason === undefined) return newest;
	if (holderOf(asked.data))
		throw new Usage(
			'The server holds the register. It freezes a round by itself in the night after the cut-off day; a new edition is begun on the page of the round.'
		);
	const register = await openRegister(asked.data, await loadDefinition(asked.register));
	try {
		const edition = await freeze(register, rounds, id, null, Date.now(), today, asked.reason);
		console.error(`Edition ${edition.number} of ${id} is frozen as of ${edition.held.cutOff}.`);
		return edition;
	} finally {
		register.db.close();
	}
}

const refusals: Record<Refusal['refused'], string> = {
	notMade: 'not all of its reports are made. Run it with --make.',
	failedReports: 'there are reports that could not be made. Run it with --make.',
	sameperson: 'a command counts as one person, and has approved it already. Somebody has to on its page.',
	superseded: 'it has been released already, or a later edition is there.'
};

function release(rounds: Rounds, id: string, today: Day): void {
	const edition = findRound(rounds, id, today)?.editions[0];
	if (!edition) throw new Usage(`The round ${id} has no edition yet. Run it with --make.`);
	const approved = approve(rounds, id, edition.number, null, Date.now());
	if ('refused' in approved)
		throw new Usage(`Edition ${edition.number} of ${id} is not released: ${refusals[approved.refused]}`);
	console.error(
		approved.state === 'released'
			? `Edition ${edition.number} of ${id} is released.`
			: `Edition ${edition.number} of ${id} is approved; one more person has to.`
	);
}

function lineOf(rounds: Rounds, { id, round, state, editions: [newest] }: KeptRound): string {
	const period = formatPeriod(round.period);
	const counts = newest && countsOf(rounds, id, newest.number);
	const made = counts
		? `, edition ${newest.number}, ${counts.done - counts.failed} of ${counts.total} files`
		: '';
	return `${id}  ${period}  as of ${round.cutOff}  ${state}${made}`;
}

function list(rounds: Rounds, id: string, today: Day): void {
	const round = findRound(rounds, id, today);
	if (!round) return;
	console.log(lineOf(rounds, round));
	for (const { number, reason, state, frozenAt, frozenBy, approvals } of round.editions) {
		const who = approvals.map(({ name, at }) => `, approved by ${name} ${swedishTime(at)}`).join('');
		console.log(
			`  edition ${number}: ${state}, frozen ${swedishTime(frozenAt)} by ${frozenBy}${who}${reason === null ? '' : `: ${reason}`}`
		);
		for (const { kind, of, locale, format, fault } of failures(rounds, id, number))
			console.log(`    ${kind} ${of} (${locale}, ${format}): ${fault}`);
	}
}

try {
	await main();
} catch (error) {
	const argument = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
	const kinds = [Usage, NoSuchRound, TooEarly, ReasonNeeded, OtherVersions, FrozenDamaged, DefinitionError];
	const plain = argument || isPlain(error) || kinds.some((kind) => error instanceof kind);
	console.error(plain && error instanceof Error ? error.message : error);
	process.exitCode = argument || error instanceof Usage ? 2 : 1;
}
