import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalText } from '#lib/format/receipt-text.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

const columns = ['REF', 'BFODDAT', 'BVIKT', 'YRKE', 'MPNR', 'MIDTYP', 'HOMF', 'INKDAT', 'MDIAG1'];
const runs = { seed: 20260201, numRuns: 30, interruptAfterTimeLimit: 3000, markInterruptAsFailure: false };

let opened: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	opened = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => opened.remove());

let units = 0;
/** Hands bytes in as a unit of its own; gives the receipt and what the register then holds of that unit. */
async function handedIn(bytes: Uint8Array) {
	const { register } = opened;
	const unit = unitLike(register, `unit-${++units}`);
	const receipt = await handIn(register, bytes, { unit });
	const births = await register.db.rows(
		z.object({ row: z.int(), YRKE: z.string().nullable() }),
		'select row, "YRKE" from birth_version where unit = $unit order by row',
		{ unit: unit.id }
	);
	return { receipt, births };
}

/** What every receipt must hold: nothing is lost without a word, and a refused file changes nothing. */
function mustHold({ receipt, births }: { receipt: Receipt; births: unknown[] }) {
	if (receipt.status === 'refused') {
		expect(receipt.refusals.length).toBeGreaterThan(0);
		for (const refusal of receipt.refusals) expect(refusalText(refusal, 'sv')).not.toContain('undefined');
		expect(births).toEqual([]);
	} else {
		expect(receipt.rows).toBeGreaterThan(0);
		expect(receipt.accepted + receipt.rejected).toBe(receipt.rows);
		expect(receipt.added + receipt.changed + receipt.unchanged).toBe(receipt.accepted);
		expect(births.length).toBe(receipt.added + receipt.changed);
	}
}

const special = fc.constantFrom(
	'"',
	'""',
	';',
	',',
	'\t',
	'\n',
	'\r',
	'\r\n',
	' ',
	'\u0000',
	'\uFEFF',
	'å',
	'–',
	'👶'
);
const plain = fc.constantFrom(
	...'1|0|9|-1|3500|34,5|1e9|NaN|2026-01-05|20260105|31/02/2026|2026-01-05 10:15|195704289999'.split('|'),
	...`570428-9999|O80.0|kock|'|\\|\\N|NULL|#|=1+1| 1 |é|`.split('|')
);
const cell = fc.oneof(
	{ weight: 6, arbitrary: plain },
	{
		weight: 2,
		arbitrary: fc.array(fc.oneof(special, plain), { maxLength: 5 }).map((parts) => parts.join(''))
	},
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }
);
const name = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(...columns) },
	{ weight: 1, arbitrary: fc.constantFrom('bvikt', ' Ref ', 'Annat', '', '"YRKE"', 'MDIAG2') }
);
const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r', '\n\n');
const encode = fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'latin1', 'utf16le');
const quotedOrNot = fc
	.tuple(fc.constantFrom('', '', '', '"'), cell)
	.map(([quote, text]) => quote + text + quote);

/** A file that may be right or wrong in any way: fields quoted or not, rows of any width, every line end. */
const anyFile = fc
	.record({
		header: fc.uniqueArray(name, { minLength: 1, maxLength: 7 }),
		delimiter: fc.constantFrom(';', ',', '\t'),
		end: fc.tuple(lineEnd, fc.option(lineEnd)),
		rows: fc.array(fc.array(quotedOrNot, { minLength: 7, maxLength: 7 }), { maxLength: 6 }),
		ragged: fc.option(fc.nat(8), { freq: 6 }),
		encode
	})
	.map(({ header, delimiter, end: [end, other], rows, ragged, encode: encoding }) => {
		const lines = rows.map((row, index) =>
			row
				.slice(0, index === ragged ? 1 : header.length)
				.join(delimiter)
				.concat(index % 2 ? end : (other ?? end))
		);
		return Buffer.from(header.join(delimiter) + end + lines.join(''), encoding);
	});

const garbage: [string, fc.Arbitrary<Uint8Array>][] = [
	['random bytes', fc.uint8Array({ maxLength: 400 })],
	[
		'random texts',
		fc.array(fc.oneof(special, plain), { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')))
	],
	['files of all sorts', anyFile]
];

test.for(garbage)(
	'of %s no row is lost without a word: accepted + rejected = rows in, or refused',
	async ([, file]) => {
		const all = fc.asyncProperty(file, async (bytes) => mustHold(await handedIn(bytes)));
		await expect(fc.assert(all, runs)).resolves.toBeUndefined();
	}
);

/** Texts with everything in them but NUL (and the mark that a driver takes for one of byte order), written by the rules. */
const rightFile = fc.record({
	texts: fc.array(
		fc
			.array(fc.oneof(special, plain, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 4 })
			.map((parts) => parts.join('').replaceAll('\u0000', '').replaceAll('\uFEFF', '')),
		{ minLength: 1, maxLength: 8 }
	),
	delimiter: fc.constantFrom(';', ',', '\t'),
	end: fc.constantFrom('\n', '\r\n', '\r'),
	quoteAll: fc.boolean(),
	endLast: fc.boolean(),
	encode: fc.constantFrom<BufferEncoding>('utf8', 'utf16le')
});

test('a file written by the rules gives back every text as it was, row by row', async () => {
	await fc.assert(
		fc.asyncProperty(rightFile, async ({ texts, delimiter, end, quoteAll, endLast, encode: encoding }) => {
			const quoted = (text: string) =>
				quoteAll || /["\r\n;,\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
			const lines = texts.map((text, index) => [`A${index}`, '2026-01-05', quoted(text)].join(delimiter));
			const written = [['REF', 'BFODDAT', 'YRKE'].join(delimiter), ...lines].join(end) + (endLast ? end : '');
			const bytes = Buffer.from(`\uFEFF${written}`, encoding);
			const { receipt, births } = await handedIn(bytes);
			expect(receipt).toMatchObject({ status: 'received', rows: texts.length, accepted: texts.length });
			expect(births.map((birth) => birth.YRKE)).toEqual(texts.map(kept));
		}),
		runs
	);
});

/** What is kept of a text: without spaces around it and without what looks like an identity number. */
const kept = (text: string) =>
	text.replace(/^ +| +$/g, '').replace(/(\d{2})?\d{2}-?\d{2}-?\d{2}[-+ –]{0,3}[0-9A-Za-z]\d{3}/g, '…') ||
	null;
