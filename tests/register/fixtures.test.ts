import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { z } from 'zod';
import { identifier } from '#lib/catalogue/sql.ts';
import { refusalText } from '#lib/format/receipt-text.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Register } from '#lib/server/register/open.ts';
import { listIssues } from '#lib/server/register/receipts.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

const folder = join(import.meta.dirname, 'fixtures');
const caseFile = z.strictObject({
	claim: z.string().describe('What the case shows'),
	register: z.enum(['mfr', 'sinasc']).default('mfr'),
	unit: z.string().optional().describe('Whose active days hold'),
	profile: z.string().optional(),
	received: z
		.array(z.string())
		.optional()
		.describe('The day of each file; else the first of each month from February'),
	fill: z
		.record(z.string(), z.int())
		.default({})
		.describe('Texts of the files that stand for so many letters x')
});

const cases = readdirSync(folder).map((name) => {
	const read = caseFile.parse(JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')));
	const files = readdirSync(join(folder, name))
		.filter((file) => file.endsWith('.csv'))
		.sort();
	return { ...read, name, files };
});

const registers = new Map<string, Awaited<ReturnType<typeof emptyRegister>>>();
beforeAll(async () => {
	registers.set('mfr', await emptyRegister('data/mfr', someVariables));
	registers.set('sinasc', await emptyRegister('data/sinasc'));
});
afterAll(async () => {
	for (const { remove } of registers.values()) await remove();
});

test.for(cases.map((each) => [each.name, each.claim, each] as const))('%s: %s', async ([name, , each]) => {
	const register = registers.get(each.register)?.register as Register;
	const unit = unitLike(register, name, each.unit ?? register.definition.units[0]?.id);
	const profile = each.profile === undefined ? undefined : register.definition.profiles.get(each.profile);
	const found = {
		receipts: [] as object[],
		issues: [] as object[],
		births: [] as object[],
		months: [] as object[]
	};
	const numbers: number[] = [];
	for (const [index, file] of each.files.entries()) {
		const receivedAt = each.received?.[index] ?? `2026-0${index + 2}-01`;
		const bytes = filled(readFileSync(join(folder, name, file)), each.fill);
		const receipt = await handIn(register, bytes, { unit, receivedAt, fileName: file, profile });
		numbers.push(receipt.number);
		found.receipts.push(shownReceipt(receipt));
		for (const issue of await listIssues(wholeNation, register.db, { number: receipt.number, limit: 100 }))
			found.issues.push({ file: index + 1, ...issue });
	}
	found.births = await versions(register, unit.id, numbers);
	found.months = await register.db.rows(
		z.object({}).loose(),
		`select strftime(birth_month, '%Y-%m') as "birthMonth", births, deliveries, live_births as "liveBirths",
			stillbirths, on_time as "onTime", valid_from as "from", valid_to as "to"
		from cube_birth where unit = $unit order by valid_from, birth_month`,
		{ unit: unit.id }
	);
	const text = `${JSON.stringify(found, null, '\t')}\n`;
	await expect(text).toMatchFileSnapshot(join(folder, name, 'expected.json'));
});

/** The bytes with the stand-ins for long texts replaced; untouched where there are none. */
function filled(bytes: Buffer, fill: Record<string, number>): Uint8Array {
	const texts = Object.entries(fill);
	if (texts.length === 0) return bytes;
	return Buffer.from(
		texts.reduce((all, [name, n]) => all.replaceAll(name, 'x'.repeat(n)), bytes.toString('utf8'))
	);
}

/** A receipt without what differs from run to run, and with the words in which it says why a file was refused. */
function shownReceipt({ number: _n, sha256: _s, unit: _u, bytes: _b, receivedAt: _r, ...receipt }: Receipt) {
	const says = receipt.refusals.map((refusal) => [refusalText(refusal, 'sv'), refusalText(refusal, 'en')]);
	return { ...receipt, ...(says.length && { says }) };
}

/** Every version of a unit's births, with what is written in it; of an identity number only its kind. */
async function versions({ db, definition }: Register, unit: string, numbers: number[]) {
	const columns = definition.variables
		.filter((v) => v.derived === undefined)
		.map((v) =>
			v.type === 'identity' ? `${identifier(`${v.id} kind`)} as ${identifier(v.id)}` : identifier(v.id)
		);
	const rows = await db.rows(
		z.object({ submission: z.int() }).loose(),
		`select submission, row, reference, birth_date as "birthDate", first_received as "firstReceived",
			received, superseded, invalid, ${columns.join(', ')}
		from birth_version where unit = $unit order by submission, row`,
		{ unit }
	);
	return rows.map(({ submission, ...row }) => ({
		file: numbers.indexOf(submission) + 1,
		...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
	}));
}
