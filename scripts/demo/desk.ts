import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import type { Births } from './births.ts';
import type { Habit } from './habit.ts';
import type { Planted } from './planting.ts';
import { Random } from './random.ts';
import { yearAndMonth, type PlannedFile } from './schedule.ts';
import { withSlip } from './slips.ts';
import { createWriter } from './text.ts';
import { reference, type Value, type Values } from './values.ts';

/** Where a unit's births are put into its files. */
export type Desk = {
	habit: Habit;
	files: readonly PlannedFile[];
	/** The file with this place in `files`; undefined where it has no rows. Files are asked for in order. */
	make(index: number): { rows: number; bytes: Uint8Array } | undefined;
};

type Setting = {
	habit: Habit;
	files: readonly PlannedFile[];
	faults: readonly Planted[];
	births: Births;
	firstYear: number;
	seed: number;
};

/** Stays that an ordinary file waits for; after longer ones the discharge is sent later. */
const longestStayWaitedFor = 14;

/** Days after which a unit has nothing more to add to a birth or to mend in it before it sends its file. */
const settledAfter = 120;

/** A desk: it makes births no earlier than a file needs them, and forgets them when they are sent. */
export function createDesk(d: Definition, { habit, files, faults, births, firstYear, seed }: Setting): Desk {
	const writer = createWriter(habit.form, reported(d));
	const lines = new Map<number, string[]>();
	const supplements = new Map<Planted, string[]>();
	const random = new Random(seed, 'desk', habit.unit.id);
	const slipsTimes = 0.5 + 1.2 * random.next();
	let month = 12 * firstYear;
	let lastLines: string[] = [];

	const put = (index: number, values: Values) => {
		const line = writer.line(values);
		const before = lines.get(index);
		if (before) before.push(line);
		else lines.set(index, [line]);
	};
	const after = (index: number, day: number) => {
		for (let next = index + 1; next < files.length; next++) {
			const file = files[next] as PlannedFile;
			if (!file.extra && file.receivedOn > day) return next;
		}
		return undefined;
	};

	/** Sends a birth with the file that is next, or a later one; what is not known yet follows. */
	const send = (values: Values) => {
		const bornOn = values.BFODDAT as number;
		const birth = String(values[reference]);
		const met = faults.filter(({ meets }) => meets(bornOn, birth));
		for (const one of met)
			if (one.withholds) {
				one.births++;
				return;
			}
		if (random.chance(habit.sending.unreported)) return;
		const left = dayOr(values.BUTDAT, bornOn);
		const waits = Math.max(
			dayOr(values.UTDATM, bornOn),
			left - bornOn > longestStayWaitedFor ? bornOn : left
		);
		let index = files.findIndex((file) => file.cutoff >= bornOn && file.receivedOn > waits);
		// what is long past when a file is sent has been gone through: it comes with it, and as it should be
		const settled = () => (files[index]?.receivedOn ?? 0) - bornOn > settledAfter;
		while (index >= 0 && random.chance(habit.sending.straggling) && !settled()) index = after(index, 0) ?? -1;
		const file = files[index];
		if (!file) return;

		const slip = withSlip(values, slipsTimes, random);
		const mended = slip !== undefined && random.chance(0.35);
		const slipped = mended && settled() ? undefined : slip;
		for (const one of met) {
			if (!one.change) continue;
			const { mended: on, variable } = one.fault;
			if (on !== undefined && variable !== undefined && values[variable] !== undefined)
				supplement(one, writer.single(variable).line(values));
			if (one.change(values)) one.births++;
			if (slipped) one.change(slipped);
		}
		const sent = slipped ?? values;
		const stays = left > file.receivedOn - 1;
		put(index, stays ? { ...sent, BUTDAT: undefined, UPPFOD: undefined } : sent);
		// the same row twice in one file, now and then
		if (random.chance(0.0001)) put(index, sent);
		const later = stays ? after(index, left) : mended && slipped ? after(index, 0) : undefined;
		if (later !== undefined) put(later, mended ? values : sent);
	};
	const supplement = (fault: Planted, line: string) => {
		const before = supplements.get(fault);
		if (before) before.push(line);
		else supplements.set(fault, [line]);
	};

	const makeExtra = (file: PlannedFile) => {
		const fault = faults.find((one) => one.fault === file.extra);
		if (!fault) return undefined;
		const { variable, mended, size } = fault.fault;
		if (mended !== undefined && variable !== undefined)
			return { header: writer.single(variable).header, lines: supplements.get(fault) ?? [] };
		const again = lastLines.slice(0, Math.ceil(lastLines.length * size));
		fault.births = again.length;
		return { header: writer.header, lines: again };
	};

	return {
		habit,
		files,
		make(index) {
			const file = files[index] as PlannedFile;
			const [lastYear, lastMonth] = yearAndMonth(Math.max(file.cutoff, 0));
			for (; month < 12 * lastYear + lastMonth; month++)
				for (const values of births(habit, Math.floor(month / 12), (month % 12) + 1)) send(values);
			const made = file.extra ? makeExtra(file) : { header: writer.header, lines: lines.get(index) ?? [] };
			lines.delete(index);
			if (!made || made.lines.length === 0) return undefined;
			if (!file.extra) lastLines = made.lines;
			return { rows: made.lines.length, bytes: writer.file(made.header, made.lines) };
		}
	};
}

const dayOr = (value: Value, day: number) => (typeof value === 'number' ? value : day);
