import { grades, type PlantKind } from './plants.ts';
import {
	largeFrom,
	rivals,
	sinceFault,
	type FalseFlags,
	type Method,
	type Outcome,
	type Scored
} from './score.ts';
import { median, quantile } from '../table.ts';

const names: Record<PlantKind, (size: string) => string> = {
	stops: () => 'a variable stops (98.5 % blank)',
	drops: (size) => `a variable drops by ${size} points`,
	volume: (size) => `${size} % of the births are not sent`,
	form: (size) => `a form is missing for ${size} %`,
	invalid: (size) => `${size} % of a variable's values are invalid`,
	late: (size) => `${size} % more births come late`,
	unused: () => 'a box is no longer ticked',
	code: (size) => `one code takes ${size} % of the others' place`
};
const methodNames: Record<Method, string> = {
	bortfall: 'Bortfall',
	threshold: '90 % and last year ± 10 %',
	xmr: 'XmR charts',
	xmrFar: 'XmR, outside and 5 points'
};

const percent = (part: number, whole: number) =>
	whole === 0 ? '–' : part === whole ? '100 %' : `${((100 * part) / whole).toFixed(1)} %`;
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
	[row(head), row(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(row), ''].join('\n');

const distinct = [...new Map(grades.map(([kind, size]) => [`${kind}/${size}`, { kind, size }])).values()];
const nameOf = ({ kind, size }: { kind: PlantKind; size: number }) =>
	names[kind](String(Math.round(size * 100)));
/** A variable that applies to fewer births than this is asked of some only. */
const conditionalUnder = 0.9;
/** The last round in which a fault is scored. */
const lastRound = 90;
const foundBy = (outcomes: readonly Outcome[], method: Method, after: number) =>
	outcomes.filter((outcome) => outcome.found[method].includes(after)).length;

/** All that was measured, as Markdown. */
export function tablesOf(scored: Scored): string {
	const large = scored.outcomes.filter((outcome) => outcome.large);
	const small = scored.outcomes.filter((outcome) => !outcome.large);
	return [
		`${scored.registers} registers with faults and as many without.`,
		'',
		`## Found, units with at least ${largeFrom.toLocaleString('en')} births a year`,
		'',
		foundTable(large),
		'## Found, smaller units',
		'',
		foundTable(small),
		'## Five points and 15 % by size of unit',
		'',
		bySize(scored.outcomes),
		'## Five points by what is usually recorded, variables asked of all births',
		'',
		byUsual(scored.outcomes),
		'## Days of births until it is found',
		'',
		delays(large),
		'## The named day of a variable that stops',
		'',
		dayTable(scored.outcomes),
		'## False flags',
		'',
		falseFlags(scored),
		'## Cost',
		'',
		`A run of the nation, ${scored.judgeMs.length} times: median ${median(scored.judgeMs).toFixed(0)} ms, 95th percentile ${quantile(scored.judgeMs, 0.95).toFixed(0)} ms.`,
		''
	].join('\n');
}

function foundTable(outcomes: readonly Outcome[]): string {
	const rows = distinct.map((grade) => {
		const own = outcomes.filter(({ kind, size }) => kind === grade.kind && size === grade.size);
		const at = (method: Method, after: number) => percent(foundBy(own, method, after), own.length);
		const ours = [14, 30, lastRound].map((after) =>
			grade.kind === 'volume' && after < lastRound ? '' : at('bortfall', after)
		);
		return [nameOf(grade), own.length, ...ours, ...rivals.map((rival) => at(rival, lastRound))];
	});
	const all = (method: Method) => percent(foundBy(outcomes, method, lastRound), outcomes.length);
	rows.push(['**all of them**', outcomes.length, '', '', all('bortfall'), ...rivals.map(all)]);
	return table(
		[
			'What is wrong',
			'Planted',
			'after 14 days',
			'30 days',
			'90 days',
			...rivals.map((rival) => `${methodNames[rival]}, 90 days`)
		],
		rows
	);
}

/** The bounds of classes, as pairs. */
const classes = (...bounds: number[]) =>
	bounds.slice(0, -1).map((from, at) => [from, bounds[at + 1] ?? 0] as const);

function bySize(outcomes: readonly Outcome[]): string {
	const ofSize = (kind: PlantKind, size: number) => (from: number, to: number, method: Method) => {
		const own = outcomes.filter(
			(o) => o.kind === kind && o.size === size && o.births >= from && o.births < to
		);
		return `${percent(foundBy(own, method, lastRound), own.length)} of ${own.length}`;
	};
	const drops = ofSize('drops', 0.05);
	const volumes = ofSize('volume', 0.15);
	const rows = classes(0, 1000, 1500, 2000, 3000, Infinity).map(([from, to]) => [
		to === Infinity ? `from ${from}` : `${from}–${to - 1}`,
		drops(from, to, 'bortfall'),
		drops(from, to, 'xmrFar'),
		volumes(from, to, 'bortfall'),
		volumes(from, to, 'threshold')
	]);
	return table(
		['Births a year', '5 points, Bortfall', methodNames.xmrFar, '−15 %, Bortfall', 'last year ± 10 %'],
		rows
	);
}

/** Five points in large units, by what was usual of the variable; those asked of all births only. */
function byUsual(outcomes: readonly Outcome[]): string {
	const drops = outcomes.filter(
		(o) => o.kind === 'drops' && o.size === 0.05 && o.large && o.applies > conditionalUnder
	);
	const rows = classes(0.6, 0.9, 0.96, 1.01).map(([from, to]) => [
		to > 1 ? `from ${from * 100} %` : `${from * 100}–${to * 100} %`,
		...classes(largeFrom, 2000, Infinity).map(([least, most]) => {
			const own = drops.filter(
				(o) => (o.usual ?? 0) >= from && (o.usual ?? 0) < to && o.births >= least && o.births < most
			);
			return `${percent(foundBy(own, 'bortfall', lastRound), own.length)} of ${own.length}`;
		})
	]);
	return table(['Usually recorded', `${largeFrom}–1999 births a year`, 'from 2000'], rows);
}

function delays(outcomes: readonly Outcome[]): string {
	const rows = distinct
		.filter(({ kind }) => kind !== 'volume')
		.map((grade) => {
			const own = outcomes.filter(({ kind, size }) => kind === grade.kind && size === grade.size);
			const firsts = own.map((o) => sinceFault.find((after) => o.found.bortfall.includes(after)) ?? Infinity);
			const by = (part: number) => {
				const after = quantile(firsts, part);
				return after === Infinity ? 'not by 90' : after;
			};
			return [nameOf(grade), by(0.5), by(0.9)];
		});
	return table(['What is wrong', 'half of them', 'nine of ten'], rows);
}

function dayTable(outcomes: readonly Outcome[]): string {
	const stops = outcomes.filter(({ kind }) => kind === 'stops');
	const rows = [true, false].flatMap((large) =>
		(['soon', 'late'] as const).map((when) => {
			const own = stops.filter((o) => o.large === large);
			const off = own.flatMap(({ dayOff }) => (dayOff[when] === null ? [] : [Math.abs(dayOff[when])]));
			return [
				`${large ? 'from' : 'under'} ${largeFrom}, after ${when === 'soon' ? 14 : 90} days`,
				own.length,
				percent(off.filter((far) => far <= 3).length, own.length),
				median(off),
				quantile(off, 0.95)
			];
		})
	);
	return table(['Births a year', 'Stops', 'within 3 days', 'median days off', '95th percentile'], rows);
}

function falseFlags({ clean, planted }: Scored): string {
	const rate = ({ unitRounds }: FalseFlags, flags: number) => (flags / unitRounds).toFixed(3);
	const line = (name: string, of: FalseFlags) => [
		name,
		of.unitRounds,
		rate(of, of.flags.bortfall),
		`${rate(of, of.flags.threshold)} (${rate(of, of.flags.threshold - of.standing)})`,
		rate(of, of.flags.xmr),
		rate(of, of.flags.xmrFar)
	];
	const kinds = [...new Set([...Object.keys(clean.byKind), ...Object.keys(planted.byKind)])].sort();
	return [
		table(
			[
				'Registers',
				'Unit-rounds',
				'Bortfall',
				`${methodNames.threshold} (without those of the year before)`,
				methodNames.xmr,
				methodNames.xmrFar
			],
			[line('without faults', clean), line('with faults, in what was not planted', planted)]
		),
		table(
			['Kind', 'without faults', 'with faults'],
			kinds.map((kind) => [
				kind,
				rate(clean, clean.byKind[kind] ?? 0),
				rate(planted, planted.byKind[kind] ?? 0)
			])
		)
	].join('\n');
}
