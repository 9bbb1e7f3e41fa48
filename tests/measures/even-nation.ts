import type {
	CodeCounts,
	ItemHistory,
	JudgedVariable,
	NationHistory,
	UnitHistory
} from '#lib/measures/history.ts';
import { addMonths } from '#lib/period/birth-month.ts';

export const judgedFrom = 36;
const length = 39;
const unitCount = 24;

const variables: readonly JudgedVariable[] = [
	{ id: 'APGAR5', form: 'FV2', target: 0.98, kind: 'value', distribution: 'codes' },
	{ id: 'BVIKT', form: 'FV2', target: 0.98, kind: 'value', distribution: 'numbers' },
	{ id: 'ROK2', form: 'MHV2', target: 0.95, kind: 'value', distribution: 'codes' },
	{ id: 'LUSTGAS', form: 'FV1', target: null, kind: 'ticks', distribution: null },
	{ id: 'TANG', form: 'FV1', target: null, kind: 'ticks', distribution: null }
];

/** What is to be of a unit, where it is other than even. Months are places on the axis. */
export type Change = {
	unit?: number;
	births?: (month: number) => number;
	onTime?: (month: number) => number;
	recorded?: Partial<Record<string, (month: number) => number>>;
	invalid?: Partial<Record<string, (month: number) => number>>;
	implausible?: Partial<Record<string, (month: number) => number>>;
	missingForm?: Partial<Record<string, (month: number) => number>>;
	codes?: Partial<Record<string, Record<string, CodeCounts>>>;
	volume?: UnitHistory['volume'];
	missingMonths?: UnitHistory['missingMonths'];
};

const usualShare: Record<string, number> = {
	APGAR5: 0.99,
	BVIKT: 0.99,
	ROK2: 0.96,
	LUSTGAS: 0.6,
	TANG: 0.005
};

/**
 * Two dozen units of 150 births a month in which nothing ever varies but for a ripple of one birth, three years and
 * a quarter of them, with one unit as the change has it (unit 0, if it does not say which).
 */
export function evenNation(change: Change = {}): NationHistory {
	const { unit = 0, ...changed } = change;
	return {
		months: Array.from({ length }, (_, at) => addMonths('2023-01', at)),
		judgedFrom,
		variables,
		units: Array.from({ length: unitCount }, (_, at) => unitOf(at, at === unit ? changed : {}))
	};
}

function unitOf(place: number, change: Omit<Change, 'unit'>): UnitHistory {
	const births = perMonth((month) => change.births?.(month) ?? 150);
	const count = (of: Int32Array, share: (month: number) => number) =>
		perMonth((month) => {
			const all = of[month] ?? 0;
			const ripple = (month * 7 + place * 3) % 3 === 0 ? 1 : 0;
			const part = share(month);
			const most = part > 0 && part < 1 ? Math.round(all * part) + ripple : Math.round(all * part);
			return Math.max(0, Math.min(all, most));
		});
	const items = variables.map(({ id }): [string, ItemHistory] => {
		const recorded = count(births, change.recorded?.[id] ?? (() => usualShare[id] ?? 1));
		const invalid = perMonth((month) =>
			Math.min(
				(births[month] ?? 0) - (recorded[month] ?? 0),
				Math.round((births[month] ?? 0) * (change.invalid?.[id]?.(month) ?? 0))
			)
		);
		const implausible = perMonth((month) =>
			Math.round((recorded[month] ?? 0) * (change.implausible?.[id]?.(month) ?? 0))
		);
		return [id, { applicable: births, recorded, invalid, implausible }];
	});
	const codes = {
		APGAR5: { '9': { now: 300, before: 1200 }, '10': { now: 150, before: 600 } },
		BVIKT: weights(() => 10),
		...change.codes
	};
	return {
		unit: `unit${place}`,
		births,
		onTime: count(births, change.onTime ?? (() => 0.98)),
		items: new Map(items),
		forms: new Map(
			['MHV2', 'FV2'].map((form) => [
				form,
				{ applicable: births, missing: count(births, change.missingForm?.[form] ?? (() => 0)) }
			])
		),
		codes: new Map(Object.entries(codes).map(([id, counts]) => [id, new Map(Object.entries(counts ?? {}))])),
		missingMonths: change.missingMonths ?? [],
		volume: change.volume ?? null
	};
}

/** Fifty birth weights a gram apart, each as often before, and now as often as is said of it. */
export const weights = (now: (gram: number) => number) =>
	Object.fromEntries(
		Array.from({ length: 50 }, (_, at) => [String(3500 + at), { now: now(3500 + at), before: 40 }])
	);

const perMonth = (count: (month: number) => number) =>
	Int32Array.from({ length }, (_, month) => count(month));
