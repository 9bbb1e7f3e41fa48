import type { Definition } from '#lib/catalogue/catalogue.ts';
import { isActive, type Unit } from '#lib/catalogue/unit.ts';
import type { Day } from '#lib/period/day.ts';
import type { Sender } from '#lib/submission/sender.ts';
import { createBirths } from './births.ts';
import { createDesk } from './desk.ts';
import { demoFaults, smallDemoUnits, type Fault } from './faults.ts';
import { habitsOf } from './habit.ts';
import { planted } from './planting.ts';
import { plannedFiles } from './schedule.ts';
import { senderOf } from './sender.ts';

export type DemoOptions = {
	seed: number;
	/** Everything has happened before this day. */
	today: Day;
	/** How many full years of births before this one. */
	years?: number;
	/** How many of them come in monthly files; those before come once a year. */
	monthlyYears?: number;
	/** Units that send; all that deliver, if absent. */
	units?: readonly string[];
	/** How much smaller or greater all units are. */
	scale?: number;
	/** What is planted; the demo's own faults, if absent. */
	faults?: readonly Fault[];
};

/** A demo that is made within seconds: six units, a tenth of their births, two full years. */
export const smallDemo = {
	units: smallDemoUnits,
	scale: 0.1,
	years: 2
} as const satisfies Partial<DemoOptions>;

/** A file as a unit sends it. */
export type DemoFile = {
	unit: Unit;
	sender: Sender;
	fileName: string;
	receivedAt: string;
	rows: number;
	bytes: Uint8Array;
};

/** A fault as the manifest has it; `births` were met by it. */
export type ManifestEntry = Fault & { births: number };

export type Demo = {
	/** How many files are planned: at most so many come, as a file without births is not sent. */
	planned: number;
	/** The files in the order in which they come. Can be gone through once. */
	files: () => Generator<DemoFile>;
	/** What was planted, to be asked for when the files are made. */
	manifest: () => ManifestEntry[];
};

/**
 * The country as it is: every unit that delivers, its births since some years, and the files in which it
 * sends them. The same definition and options give the same bytes.
 */
export function demo(d: Definition, options: DemoOptions): Demo {
	const { seed, today, years = 5, monthlyYears = 1, scale = 1 } = options;
	const thisYear = Number(today.slice(0, 4));
	const span = { firstYear: thisYear - years, monthlyFrom: thisYear - monthlyYears, today };
	const units = new Set(options.units ?? d.units.map((u) => u.id));
	const meant = (options.faults ?? demoFaults(today)).filter((fault) => units.has(fault.unit));
	const faults = planted(meant, d, seed);
	const births = createBirths(d, seed, scale);
	const desks = [...habitsOf(d, seed).values()]
		.filter(({ unit }) => units.has(unit.id) && isActive(unit, `${span.firstYear}-01-01`, today))
		.map((habit) => {
			const own = faults.filter(({ fault }) => fault.unit === habit.unit.id);
			const planned = own.map(({ fault }) => fault);
			const files = plannedFiles(habit, span, planned, seed);
			return createDesk(d, { habit, files, faults: own, births, firstYear: span.firstYear, seed });
		});
	const order = desks
		.flatMap((desk) => desk.files.map((file, index) => ({ desk, file, index })))
		.sort((a, b) => compareTexts(a.file.receivedAt, b.file.receivedAt));
	return {
		planned: order.length,
		*files() {
			for (const { desk, file, index } of order) {
				const made = desk.make(index);
				if (!made) continue;
				const { unit, form } = desk.habit;
				const sender = senderOf(unit, seed);
				yield { unit, sender, fileName: form.fileName(file.period), receivedAt: file.receivedAt, ...made };
			}
		},
		manifest: () => faults.map(({ fault, births: met }) => ({ ...fault, births: met }))
	};
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
