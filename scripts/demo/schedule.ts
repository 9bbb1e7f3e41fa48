import { addMonths, birthMonth, monthNumber, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { birthMonthOf, firstDay, lastDay, type Day } from '#lib/period/day.ts';
import { dayNumber, dayText, weekday } from './days.ts';
import type { Fault } from './faults.ts';
import type { Habit } from './habit.ts';
import { Random } from './random.ts';

/** A file that a unit means to send. Days are numbers. */
export type PlannedFile = {
	receivedOn: number;
	receivedAt: string;
	/** Births until this day are in it. */
	cutoff: number;
	/** As the file's name has it. */
	period: string;
	/** Stands for a whole year, or completes one. */
	yearly: boolean;
	/** A file of one variable, or part of the file before once more. */
	extra?: Fault;
};

export type Span = {
	/** First year of births. */
	firstYear: number;
	/** First year whose births come in monthly files. */
	monthlyFrom: number;
	/** The day before which everything has happened. */
	today: Day;
};

/** The files of a unit in the order in which they come. */
export function plannedFiles(
	habit: Habit,
	span: Span,
	faults: readonly Fault[],
	seed: number
): PlannedFile[] {
	const random = new Random(seed, 'files', habit.unit.id);
	const now = dayNumber(span.today);
	const files: PlannedFile[] = [];
	const plan = (day: number, file: Pick<PlannedFile, 'cutoff' | 'period' | 'yearly' | 'extra'>) => {
		const receivedOn = workingDay(day);
		const time = [random.whole(7, 16), random.whole(0, 59), random.whole(0, 59)];
		const clock = time.map((part) => String(part).padStart(2, '0')).join(':');
		if (receivedOn < now) files.push({ ...file, receivedOn, receivedAt: `${dayText(receivedOn)} ${clock}` });
	};
	for (let year = span.firstYear; year < span.monthlyFrom; year++) {
		const cutoff = dayNumber(lastDay(birthMonth(year, 12)));
		plan(cutoff + random.whole(8, 26), { cutoff, period: String(year), yearly: true });
		plan(cutoff + random.whole(75, 115), { cutoff, period: `${year}-kompl`, yearly: true });
	}
	const lateness = (month: BirthMonth) =>
		faults.reduce((days, f) => days + (f.kind === 'late' && reaches(f, month) ? f.size : 0), 0);
	for (
		let month = birthMonth(span.monthlyFrom, 1);
		month <= birthMonthOf(span.today);
		month = addMonths(month, 1)
	) {
		const cutoff = dayNumber(lastDay(month));
		const start = dayNumber(firstDay(month));
		if (habit.sending.cadence === 'fortnightly') {
			const half = { cutoff: start + 13, period: `${month}-a`, yearly: false };
			plan(start + 15 + random.whole(0, 2) + lateness(month), half);
			plan(cutoff + random.whole(2, 4) + lateness(month), { cutoff, period: `${month}-b`, yearly: false });
		} else {
			const day = cutoff + habit.sending.day + random.whole(-1, 1) + lateness(month);
			plan(day, { cutoff, period: month, yearly: false });
		}
	}
	for (const fault of faults) {
		if (fault.mended !== undefined)
			plan(dayNumber(fault.mended), {
				cutoff: -1,
				period: `${fault.variable}-kompl`,
				yearly: false,
				extra: fault
			});
		if (fault.kind === 'sentAgain')
			plan(dayNumber(fault.from), { cutoff: -1, period: 'igen', yearly: false, extra: fault });
	}
	return files.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
}

const reaches = ({ from, to }: Fault, month: BirthMonth) =>
	month >= birthMonthOf(from) && (to === undefined || month <= birthMonthOf(to));

/** The day itself, or the Monday after a weekend. */
const workingDay = (day: number) => day + ([1, 0, 0, 0, 0, 0, 2][weekday(day)] ?? 0);

/** Year and number of the month in which a day's number lies. */
export function yearAndMonth(day: number): [year: number, month: number] {
	const month = birthMonthOf(dayText(day));
	return [yearOf(month), monthNumber(month)];
}
