/**
 * Fills an empty data folder with a country that does not exist: births of five years and this one so
 * far, sent by every unit in its own files, received one after the other as from the units.
 *
 *     node scripts/demo.ts --data DIR [--register data/mfr] [--small] [--seed N] [--today YYYY-MM-DD]
 *
 * The same seed and day give the same files. What is wrong in them on purpose is in DIR/demo-manifest.json.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isDay } from '#lib/period/day.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { addDemoAccounts } from './demo/accounts.ts';
import { smallDemo, type ManifestEntry } from './demo/country.ts';
import { handIn } from './demo/hand-in.ts';
import { madeBeside } from './demo/made-beside.ts';
import { createProgress } from './demo/progress.ts';
import { holdDemoRound } from './demo/rounds.ts';

/** Something that the person at the keyboard can put right. */
class UsageError extends Error {}

try {
	await makeDemo(readArguments());
} catch (error) {
	if (error instanceof UsageError) console.error(error.message);
	else console.error(error instanceof Error ? error.stack : error);
	process.exitCode = 1;
}

function readArguments() {
	const { values } = parsedOrRefused();
	const seed = Number(values.seed);
	if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed is a whole number, not “${values.seed}”.`);
	if (!isDay(values.today))
		throw new UsageError(`--today is a day such as 2026-11-23, not “${values.today}”.`);
	return { ...values, seed };
}

function parsedOrRefused() {
	try {
		return parseArgs({
			options: {
				data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
				register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' },
				small: { type: 'boolean', default: false },
				seed: { type: 'string', default: '1' },
				today: { type: 'string', default: new Date().toLocaleDateString('sv-SE') }
			}
		});
	} catch (error) {
		throw refusal(error);
	}
}

/** What went wrong as something to be put right at the keyboard. */
function refusal(error: unknown): UsageError {
	return new UsageError(error instanceof Error ? error.message : String(error));
}

async function makeDemo({ data, register: folder, small, seed, today }: ReturnType<typeof readArguments>) {
	const definition = await loadDefinition(folder).catch((error: unknown) => {
		throw refusal(error);
	});
	if (!definition.register.demo) {
		console.error(
			`No demo data can be made for the register ${definition.register.id}: ${data} stays as it is.`
		);
		return;
	}
	if (existsSync(join(data, 'register.duckdb')))
		throw new UsageError(`${data} holds a register already. Demo data goes into an empty folder only.`);
	await mkdir(data, { recursive: true, mode: 0o700 });

	const started = performance.now();
	const register = await openRegister(data, definition);
	try {
		let progress = createProgress(1, process.stderr, () => performance.now());
		let planted: ManifestEntry[] = [];
		async function* files() {
			for await (const message of madeBeside(folder, { seed, today, ...(small && smallDemo) })) {
				if (message.kind === 'planned')
					progress = createProgress(message.files, process.stderr, () => performance.now());
				else if (message.kind === 'file') yield { ...message.file, position: message.position };
				else planted = message.manifest;
			}
		}
		const senders = new Set<string>();
		let received = 0;
		let births = 0;
		for await (const { file, receipt } of handIn(register, files())) {
			received++;
			senders.add(file.unit.id);
			births += receipt.added;
			progress.at(file.position, `${births} births`);
		}
		const units = definition.units.filter(({ id }) => senders.has(id));
		await addDemoAccounts(data, units, { today, instant: Date.now() });
		let reports: ReturnType<typeof createProgress> | undefined;
		const told = (done: number, total: number) => {
			reports ??= createProgress(total, process.stderr, () => performance.now());
			reports.at(done, 'reports of the last round');
		};
		await holdDemoRound(register, units, { seed, today, told });
		const manifest = join(data, 'demo-manifest.json');
		await writeFile(manifest, `${JSON.stringify({ seed, today, small, planted }, null, '\t')}\n`);
		const seconds = Math.round((performance.now() - started) / 1000);
		progress.end(
			`${births} births in ${received} files, in ${seconds} s. What is wrong in them: ${manifest}`
		);
	} finally {
		register.db.close();
	}
}
