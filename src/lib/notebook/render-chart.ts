import { plain } from './inline.ts';
import type { ChartBlock } from './model.ts';
import { renderPlot } from './plot-spec.ts';
import { matchedRows, tableOf, type Scope } from './scope.ts';
import type { ChartSpec, ChartWords, PlacedPlot, Setting } from './spec.ts';
import { chosen, inlineIn, valueOf, wordsIn } from './words-in.ts';

/** A chart of a kind, with its texts and options for the reader. Throws a BlockFault. */
export function renderChart(spec: ChartSpec, line: number, scope: Scope): ChartBlock {
	return { ...shown(spec, line, scope), chart: spec.kind, settings: settingsIn(spec.set, scope), plot: null };
}

/** A chart of marks, with its texts for the reader. Throws a BlockFault. */
export function renderPlotBlock(spec: PlacedPlot, line: number, scope: Scope): ChartBlock {
	const {
		from: _from,
		title: _title,
		alt: _alt,
		note: _note,
		sheet: _sheet,
		height: _height,
		...rest
	} = spec;
	const { match: _match, ...plot } = rest;
	return {
		...shown(spec, line, scope),
		chart: 'plot',
		settings: {},
		plot: renderPlot(
			plot,
			(words) => plain(wordsIn(words, scope)),
			(source) => valueOf(source, scope)
		)
	};
}

/** What all charts have. */
function shown(
	{ from, title: words, alt, note, sheet, height, match }: ChartWords,
	line: number,
	scope: Scope
) {
	const title = wordsIn(words, scope);
	return {
		kind: 'chart' as const,
		line,
		title,
		sheet: plain(sheet ? wordsIn(sheet, scope) : title),
		alt: wordsIn(alt, scope),
		note: note ? wordsIn(note, scope) : null,
		height: height ?? null,
		columns: tableOf(from, scope).columns,
		rows: matchedRows(from, match, scope)
	};
}

const settingsIn = (settings: Record<string, Setting>, scope: Scope): unknown =>
	Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, settingIn(setting, scope)]));

function settingIn(setting: Setting, scope: Scope): unknown {
	if (setting === null || typeof setting !== 'object') return setting;
	if ('settings' in setting) return settingsIn(setting.settings, scope);
	if ('list' in setting) return setting.list.map((each) => settingIn(each, scope));
	const words = chosen(setting, scope);
	const [only, ...rest] = words;
	// `{table.column}` alone is the value itself, not a text that says it
	if (only?.kind === 'value' && rest.length === 0 && only.value.format === 'text')
		return valueOf(only.value, scope);
	return plain(inlineIn(words, scope));
}
