/**
 * Makes the register and its cubes anew from the originals and the ledger, by the definition as it is now:
 *
 *     npm run rebuild -- --data DIR [--register data/mfr]
 *
 * Says what differs. Needs as much room again as the register takes.
 */
import { parseArgs } from 'node:util';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { isPlain } from '#lib/server/register/open.ts';
import { rebuild, RebuildImpossible, type Difference, type Rebuilt } from '#lib/server/register/rebuild.ts';
import { createProgress, type Progress } from './demo/progress.ts';

/** So many differences are shown one by one. */
const shown = 50;

const figures = (changedCubes: readonly string[]) =>
	changedCubes.length ? `Figures differ, in ${changedCubes.join(', ')}.` : 'Every figure is as before.';

function lines({ submissions, differences, changedCubes, kept, lost }: Rebuilt, seconds: number): string[] {
	const done = `Made anew from ${submissions} submissions in ${seconds} s.`;
	if (kept === undefined && lost === undefined)
		return [`${done} Every receipt and every figure is as before.`];
	if (lost === 'unreadable') {
		const before =
			kept === undefined ? 'There was none before.' : `What could not be read is kept in ${kept}.`;
		return [done, before];
	}
	const behind = 'The register held less than its ledger, or something else; it is whole again.';
	const numbers = new Set(differences.map(({ number }) => number));
	const told = ({ number, unit, what, before, after }: Difference) =>
		`  submission ${number} (${unit}): ${what} was ${before}, is ${after}`;
	return [
		done,
		...(lost === 'behind' ? [behind] : []),
		numbers.size ? `The receipts of ${numbers.size} submissions differ:` : 'Every receipt is as before.',
		...differences.slice(0, shown).map(told),
		...(differences.length > shown ? [`  and ${differences.length - shown} more`] : []),
		...(lost === 'behind' ? [] : [figures(changedCubes)]),
		`The register as it was is kept in ${kept}.`
	];
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
			register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' }
		}
	});
	const started = performance.now();
	let progress: Progress | undefined;
	const rebuilt = await rebuild(values.data, await loadDefinition(values.register), (done, total) => {
		progress ??= createProgress(total, process.stderr, () => performance.now());
		progress.at(done, 'received anew');
	});
	const [first = '', ...rest] = lines(rebuilt, Math.round((performance.now() - started) / 1000));
	if (progress) progress.end(first);
	else console.error(first);
	for (const line of rest) console.error(line);
}

try {
	await main();
} catch (error) {
	const argument = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
	const plain =
		argument || isPlain(error) || error instanceof RebuildImpossible || error instanceof DefinitionError;
	console.error(plain && error instanceof Error ? error.message : error);
	process.exitCode = argument ? 2 : 1;
}
