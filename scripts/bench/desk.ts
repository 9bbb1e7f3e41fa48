import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import type { Arguments } from '#lib/notebook/front-matter.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { htmlOf } from '#lib/server/export/html.ts';
import { openDesk, type Desk, type DeskQuestion } from '#lib/server/notebook/desk.ts';
import { openSnapshots } from '#lib/server/notebook/snapshot.ts';
import type { Register } from '#lib/server/register/open.ts';
import { median, ms, timed, type Line } from './table.ts';

const runs = 5;
const goals = { first: 3000, changed: 300 };
const notebook = 'annual-quality-declaration';

/** A notebook over ten years: from nothing, and again with another input. */
export async function deskLines(register: Register, today: string): Promise<Line[]> {
	const folder = join(projectRoot(), 'reports');
	const read = (name: string) => readFile(join(folder, `${name}.md`), 'utf8').catch(() => undefined);
	const text = (await read(notebook)) ?? '';
	const shown = async (desk: Desk, parameters: DeskQuestion['parameters']) => {
		const run = await desk.run(wholeNation, {
			name: notebook,
			text,
			parameters,
			locale: 'sv',
			today,
			read,
			pages: {}
		});
		const [fault] = run.faults;
		if (fault) throw new Error(`${notebook}:${fault.line} ${fault.message}`);
		return { run, html: htmlOf(run.model) };
	};
	// another database object has nothing in its memory of what was asked before
	const anew = () => ({ ...register, db: Object.create(register.db) as typeof register.db });
	const snapshot: number[] = [];
	const births: number[] = [];
	const first: number[] = [];
	const changed: number[] = [];
	for (let run = 0; run < runs; run++) {
		const snapshots = openSnapshots(anew());
		snapshot.push(await timed(async () => (await snapshots.take(today)).release()));
		const taken = await snapshots.take(today);
		births.push(await timed(() => taken.births(['BVIKT', 'GRDBS', 'APGAR5', 'KON', 'DODFOD'])));
		await snapshots.close();
		const desk = openDesk(anew());
		first.push(await timed(() => shown(desk, {})));
		const { run: whole } = await shown(desk, {});
		const year = Number(today.slice(0, 4)) - 2 - run;
		const other: Arguments = 'period' in whole.values ? { period: String(year) } : {};
		changed.push(await timed(() => shown(desk, other)));
		await desk.close();
	}
	await rm(join(register.folder, 'snapshots'), { recursive: true, force: true });
	const line = (what: string, value: number, goal?: number): Line => ({
		what,
		value: ms(value),
		...(goal !== undefined && { goal: `≤ ${goal} ms`, met: value <= goal })
	});
	return [
		line('snapshot of the figures', median(snapshot)),
		line('five variables of all births', median(births)),
		line(`${notebook}, the first time`, median(first), goals.first),
		line('again with another input', median(changed), goals.changed)
	];
}
