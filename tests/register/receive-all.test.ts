import { Readable } from 'node:stream';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Register } from '#lib/server/register/open.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { OutOfOrder, receive, receiveAll, type Submission } from '#lib/server/register/receive.ts';
import { emptyRegister, sender, someVariables, unitLike } from './empty-register.ts';

type File = [unit: string, day: string, file: string | Buffer];
const header = 'REF;MPNR;BFODDAT;BORDF2;BVIKT;KON;YRKE\n';

/** Three units: other delimiters, encodings and columns, wrong values, a refusal, a supplement, a repetition. */
const handedIn: File[] = [
	['a', '2026-01-02', `${header}A1;195704289999;2025-12-31;2;2500;1;kock\nA2;;2025-12-30;1;99;X;\n`],
	['b', '2026-01-03', Buffer.from(`${header}B1;;2025-12-05;1;3500;2;målare\n;;2025-12-06;;;;\n`, 'latin1')],
	['c', '2026-01-04', `${header.replaceAll(';', ',')}C1,,2025-12-05,1,3500,2,"målare, ute"\nC2,,,1,,,\n`],
	['a', '2026-02-01', `${header}A3;195704289999;2026-01-01;2;2400;2;\nA1;;2025-12-31;2;2510;1;kock\n`],
	['b', '2026-02-02', 'REF;BFODDAT\nB2\n'],
	['c', '2026-02-02', 'REF;KON\nC1;1\nC9;2\n'],
	['b', '2026-02-02', `${header}B1;;2026-01-05;1;3500;2;målare\nB2;;2026-01-06;;;9;\n`],
	['a', '2026-02-03', `${header}A1;;2025-12-31;2;2510;1;kock\n`],
	['c', '2026-02-03', `${header}C3;;2026-01-06;1;3500;2;\n\nC3;;2026-01-07;1;3500;2;\n`],
	['a', '2026-02-04', `${header}A1;195704289999;2025-12-31;2;2500;1;kock\nA2;;2025-12-30;1;99;X;\n`]
];

async function submissionOf(register: Register, [id, day, file]: File): Promise<Submission> {
	const original = await storeOriginal(register.folder, Readable.from([Buffer.from(file)]));
	const unit = unitLike(register, id);
	return { original, fileName: `${id}.csv`, unit, sender, receivedAt: `${day} 12:00:00` };
}

const anything = z.object({ row: z.string() });
const tables = 'submission birth_version issue cube_birth cube_form cube_item cube_code'.split(' ');

/** All rows of the register but the linkage values, which are by a key of its own. */
async function contents({ db }: Register): Promise<Record<string, string[]>> {
	const found: Record<string, string[]> = {};
	for (const table of tables) {
		const columns = table === 'birth_version' ? '* exclude ("MPNR")' : '*';
		const rows = await db.rows(
			anything,
			`select t::varchar as row from (select ${columns} from ${table}) t order by row`
		);
		found[table] = rows.map(({ row }) => row);
	}
	return found;
}

test('files handed in together give what they give one after the other, and nothing is left of them', async () => {
	const [one, together] = [
		await emptyRegister('data/mfr', someVariables),
		await emptyRegister('data/mfr', someVariables)
	];
	try {
		const expected: Receipt[] = [];
		for (const file of handedIn)
			expected.push(await receive(one.register, await submissionOf(one.register, file)));
		const submissions = await Promise.all(handedIn.map((file) => submissionOf(together.register, file)));
		const receipts: Receipt[] = [];
		for await (const receipt of receiveAll(together.register, submissions)) receipts.push(receipt);
		expect(receipts).toEqual(expected);
		expect(receipts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]);
		expect(await contents(together.register)).toEqual(await contents(one.register));
		const left = await readdir(join(together.folder, 'originals'));
		expect(left.filter((name) => name.startsWith('reading-'))).toEqual([]);
	} finally {
		await one.remove();
		await together.remove();
	}
});

test('a file out of order ends it; what came before is in the register, of its own transaction nothing', async () => {
	const { register, remove } = await emptyRegister('data/mfr', someVariables);
	try {
		const row = (ref: string) => `${header}${ref};;2026-01-05;1;3500;1;\n`;
		const files: File[] = [
			['a', '2026-02-10', row('A1')],
			['a', '2026-02-09', row('A2')],
			['b', '2026-02-10', row('B1')]
		];
		const submissions = await Promise.all(files.map((file) => submissionOf(register, file)));
		const received: string[] = [];
		const all = async () => {
			for await (const receipt of receiveAll(register, submissions)) received.push(receipt.unit);
		};
		await expect(all()).rejects.toThrow(OutOfOrder);
		expect(received).toEqual(['a']);
		expect((await contents(register)).submission).toHaveLength(1);
		const [, , last] = submissions;
		expect(await receive(register, last as Submission)).toMatchObject({ unit: 'b', added: 1, number: 2 });
	} finally {
		await remove();
	}
});
