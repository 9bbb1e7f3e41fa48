import { BlockFault } from '#lib/notebook/fault.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { ChannelName, ShownPlot } from '#lib/notebook/plot-spec.ts';
import {
	compared,
	instantOf,
	kindOfValue,
	kindWords,
	shownValue,
	type Kind,
	type Value
} from './plot-columns.ts';
import { decimalsOf, multiples, niceStep } from './plot-numbers.ts';
import { type Item, type Shape } from './plot-shapes.ts';
import { timeTicks } from './plot-time.ts';
import { writeValue } from './plot-write.ts';

/** A tick: its place on the scale, and what stands there. */
export type Tick = { at: Value; text: string };

/** An axis along which things are placed by size or time: days are milliseconds since 1970. */
export type Continuous = {
	kind: 'continuous';
	type: 'linear' | 'log' | 'sqrt' | 'time';
	low: number;
	high: number;
	/** The domain is the writer's own, so that marks may lie outside it. */
	isGiven: boolean;
	reverse: boolean;
	place: (value: Value) => number;
	/** A place as a part of the length, 0–1, not reversed. */
	part: (value: Value) => number;
	ticks: (count: number) => Tick[];
};

/** An axis of names. */
export type Ordinal = {
	kind: 'ordinal';
	type: 'band' | 'point';
	names: Value[];
	reverse: boolean;
	hasFormat: boolean;
	/** The part of a step that lies between two names. */
	gap: number;
	write: (value: Value) => string;
};

export type Scale = Continuous | Ordinal;

type AxisName = 'x' | 'y';
const endsOf = { x: ['x', 'x1', 'x2'], y: ['y', 'y1', 'y2'] } as const satisfies Record<
	AxisName,
	ChannelName[]
>;

/** The places that a chart's shapes have on an axis, in the order of drawing. */
function placesOf(axis: AxisName, shapes: readonly Shape[]): Value[] {
	return shapes.flatMap(({ items }) =>
		items.flatMap((item) => endsOf[axis].map((name) => item[name] ?? null).filter((value) => value !== null))
	);
}

const standsOnBand = ({ kind, across, mark }: Shape, axis: AxisName) =>
	(kind === 'bar' && across === axis) ||
	kind === 'cell' ||
	(kind === 'tick' && across !== axis && mark.channels[axis] !== undefined);

/** Shapes whose ends lie at 0, or whose length is what is compared. */
const standsOnZero = ({ kind, across, mark }: Shape, axis: AxisName) =>
	(kind === 'bar' && across !== axis && !mark.mark.startsWith('box')) ||
	(axis === 'y' && ((kind === 'area' && mark.channels.y !== undefined) || mark.mark === 'bin'));

/** The scale of an axis. Throws a BlockFault where its places are of several kinds, or do not fit its type or domain. */
export function scaleOf(axis: AxisName, plot: ShownPlot, shapes: readonly Shape[], locale: Locale): Scale {
	const spec = plot[axis] ?? {};
	const places = placesOf(axis, shapes);
	const onBand = shapes.find((shape) => standsOnBand(shape, axis));
	if (onBand && spec.type && spec.type !== 'band')
		throw new BlockFault(
			`${axis}: ${onBand.mark.mark} stands on a band, and the type is ${spec.type}: leave it out`
		);
	const kind = oneKind(axis, places, Boolean(onBand) || spec.type === 'band' || spec.type === 'point');
	const type =
		spec.type ??
		(onBand ? 'band' : kind === 'number' || kind === 'empty' ? 'linear' : kind === 'day' ? 'time' : 'point');
	if (type === 'band' || type === 'point') return ordinal(axis, type, spec, shapes, locale);
	const needed: Kind = type === 'time' ? 'day' : 'number';
	if (kind !== needed && kind !== 'empty') {
		const wrong = places.find((value) => kindOfValue(value) !== needed) ?? null;
		throw new BlockFault(
			`${axis}: the type ${type} needs ${kindWords[needed]}, and ${shownValue(wrong)} is none: cast the column in the SQL, or leave the type out`
		);
	}
	return continuous(axis, type, spec, places, shapes, locale);
}

function oneKind(axis: AxisName, places: readonly Value[], mayDiffer: boolean): Kind {
	let kind: Kind = 'empty';
	for (const place of places) {
		const here = kindOfValue(place);
		if (kind === 'empty') kind = here;
		else if (here !== kind) {
			if (mayDiffer || [here, kind].every((each) => each === 'day' || each === 'text')) kind = 'text';
			else
				throw new BlockFault(
					`${axis}: ${kindWords[kind]} and ${kindWords[here]} (${shownValue(place)}) cannot stand on one axis: let all marks have columns of one kind there`
				);
		}
	}
	return kind;
}

function ordinal(
	axis: AxisName,
	type: 'band' | 'point',
	spec: NonNullable<ShownPlot['x']>,
	shapes: readonly Shape[],
	locale: Locale
): Ordinal {
	const places = placesOf(axis, shapes);
	const seen = [...new Set(places)];
	if (spec.domain) {
		const lost = seen.find((value) => !spec.domain?.some((name) => String(name) === String(value)));
		// a domain that names some leaves the others out, but one that names none of them is a mistake
		if (
			lost !== undefined &&
			!seen.some((value) => spec.domain?.some((name) => String(name) === String(value)))
		)
			throw new BlockFault(`${axis}: domain names none of what the column holds, as ${shownValue(lost)}`);
	}
	const isSorted = shapes.some(({ mark }) => mark.sort !== undefined);
	const isText = seen.some((value) => kindOfValue(value) === 'text');
	const names = spec.domain
		? spec.domain.map((name) => seen.find((value) => String(value) === String(name)) ?? name)
		: isSorted || isText
			? seen
			: seen.toSorted((a, b) => compared(a, b));
	if (names.length > 500)
		throw new BlockFault(`${axis}: ${names.length} names cannot stand on an axis: take fewer, or use bin`);
	const write = (value: Value) => writeValue(value, { locale, format: spec.format, percent: spec.percent });
	for (const name of names) write(name);
	return {
		kind: 'ordinal',
		type,
		names,
		reverse: spec.reverse ?? false,
		hasFormat: spec.format !== undefined,
		gap: shapes.some(({ kind }) => kind === 'cell') ? 0.04 : 0.2,
		write
	};
}

function continuous(
	axis: AxisName,
	type: Continuous['type'],
	spec: NonNullable<ShownPlot['x']>,
	places: readonly Value[],
	shapes: readonly Shape[],
	locale: Locale
): Continuous {
	const place = (value: Value) =>
		typeof value === 'string' ? instantOf(value) : typeof value === 'number' ? value : NaN;
	const numbers = places.map(place);
	if (type === 'log') {
		const wrong = numbers.find((number) => !(number > 0));
		if (wrong !== undefined)
			throw new BlockFault(
				`${axis}: a log scale has no place for 0 or less, and there is ${wrong}: leave such rows out, or take sqrt`
			);
	}
	const given = spec.domain && givenEnds(axis, type, spec.domain, place);
	const hasZero =
		type !== 'log' && type !== 'time' && (spec.zero ?? shapes.some((shape) => standsOnZero(shape, axis)));
	let low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
	let high = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
	if (numbers.length === 0) [low, high] = type === 'log' ? [1, 10] : [0, 1];
	if (hasZero) [low, high] = [Math.min(0, low), Math.max(0, high)];
	if (given) [low, high] = given;
	else if (low === high)
		[low, high] =
			type === 'time'
				? [low - 864e5, high + 864e5]
				: type === 'log'
					? [low / 2, high * 2]
					: low === 0
						? [0, 1]
						: [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
	if (!Number.isFinite(high - low) || (type !== 'time' && Math.max(Math.abs(low), Math.abs(high)) > 1e100))
		throw new BlockFault(`${axis}: numbers as large as ${high} cannot be drawn`);
	const isRounded =
		!given &&
		type === 'linear' &&
		(axis === 'y' || shapes.some((shape) => shape.kind === 'bar' && standsOnZero(shape, axis)));
	if (isRounded) {
		const step = niceStep(high - low, 5);
		// numbers that stand under bars need room
		const isLabelled =
			axis === 'y' && low < 0 && shapes.some(({ kind, mark }) => kind === 'bar' && mark.labels);
		const least = isLabelled ? low - step / 3 : low;
		[low, high] = [Math.floor(least / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
	}
	const bend = (value: number) =>
		type === 'log'
			? Math.log(value)
			: type === 'sqrt'
				? Math.sign(value) * Math.sqrt(Math.abs(value))
				: value;
	const isWithin = (at: number) => at >= low && at <= high;
	const areMonths = places.every(
		(each) => typeof each === 'string' && (each.length === 7 || each.endsWith('-01'))
	);
	const own = Array.isArray(spec.ticks) ? ownTicks(axis, type, spec.ticks, place) : undefined;
	const ticks = (count: number): Tick[] => {
		const { format } = spec;
		const wanted = typeof spec.ticks === 'number' ? spec.ticks : count;
		if (type === 'time')
			return timeTicks(low, high, wanted, locale, { format, areMonths, given: own?.filter(isWithin) });
		const exactly = (at: number) => ({ at, text: writeValue(at, { locale, format, percent: spec.percent }) });
		if (own) return own.filter(isWithin).map(exactly);
		if (type === 'log') return logTicks(low, high, wanted).map(exactly);
		const step = niceStep(high - low, wanted);
		const decimals = decimalsOf(step * (spec.percent ? 100 : 1));
		const usesYears = !spec.percent && !format && decimals === 0 && low >= 1800 && high <= 2200;
		return multiples(low, high, step).map((at) => ({
			at,
			text: usesYears ? String(at) : writeValue(at, { locale, format, percent: spec.percent, decimals })
		}));
	};
	// a format that does not fit is told before anything is drawn
	ticks(5);
	return {
		kind: 'continuous',
		type,
		low,
		high,
		isGiven: given !== undefined,
		reverse:
			(spec.reverse ?? false) !==
			(spec.domain !== undefined && place(spec.domain[0] ?? 0) > place(spec.domain.at(-1) ?? 0)),
		place,
		part: (value) => (bend(place(value)) - bend(low)) / (bend(high) - bend(low)),
		ticks
	};
}

/** The writer's own ticks. */
function ownTicks(
	axis: AxisName,
	type: Continuous['type'],
	ticks: readonly (string | number)[],
	place: (value: Value) => number
): number[] {
	const kind = type === 'time' ? 'day' : 'number';
	const wrong = ticks.find((at) => kindOfValue(at) !== kind);
	if (wrong !== undefined)
		throw new BlockFault(`${axis}: ticks are ${kindWords[kind]} here, and ${shownValue(wrong)} is none`);
	return ticks.map(place);
}

function givenEnds(
	axis: AxisName,
	type: Continuous['type'],
	domain: (string | number)[],
	place: (value: Value) => number
): [number, number] {
	const kind = type === 'time' ? 'day' : 'number';
	const fits =
		domain.length === 2 &&
		domain.every((end) => kindOfValue(end) === kind) &&
		place(domain[0] ?? 0) !== place(domain[1] ?? 0);
	if (!fits)
		throw new BlockFault(
			`${axis}: domain has to be two ${kindWords[kind]} that differ${type === 'time' ? ' (YYYY-MM-DD)' : ''}`
		);
	const ends = domain.map(place);
	if (type === 'log' && ends.some((end) => end <= 0))
		throw new BlockFault(`${axis}: the ends of a log scale are greater than 0`);
	return [Math.min(...ends), Math.max(...ends)];
}

/** The powers of ten, with twice and five times them where there is room. */
function logTicks(low: number, high: number, count: number): number[] {
	const powers: number[] = [];
	for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
		powers.push(Number(`1e${power}`));
	const within = (ticks: number[]) =>
		ticks.filter((tick) => tick >= low * 0.999999 && tick <= high * 1.000001);
	const fine = within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
	const chosen = fine.length <= count * 1.5 ? fine : within(powers);
	const every = Math.ceil(chosen.length / (count * 1.5));
	const ticks = chosen.filter((_, at) => at % every === 0);
	return ticks.length >= 2 ? ticks : [low, high];
}

/** Whether a shape reaches out of the writer's own domain, so that it has to be cut off. */
export const reachesOut = (scale: Scale, items: readonly Item[], axis: AxisName): boolean =>
	scale.kind === 'continuous' &&
	scale.isGiven &&
	items.some((item) =>
		endsOf[axis].some((name) => {
			const value = item[name] ?? null;
			return value !== null && (scale.place(value) < scale.low || scale.place(value) > scale.high);
		})
	);
