import { z } from 'zod';
import { chartKinds } from '#lib/charts/kinds.ts';
import { plotFault } from '#lib/charts/plot-prepared.ts';
import { nearest, type Fault } from '#lib/notebook/fault.ts';
import { everyBlock, type ChartBlock, type Model } from '#lib/notebook/model.ts';

/** What is wrong with the charts of a run notebook, each at its line. */
export function chartFaults(model: Model): Fault[] {
	return everyBlock(model.blocks).flatMap((block) => {
		const message = block.kind === 'chart' ? chartFault(block) : undefined;
		return message === undefined ? [] : [{ line: block.line, message }];
	});
}

/** Why a chart cannot be drawn: an unknown kind, a column that is missing, an option that there is not. */
export function chartFault({ chart, plot, columns, rows, settings }: ChartBlock): string | undefined {
	if (plot) return plotFault(plot, columns, rows);
	const kind = chartKinds[chart];
	if (!kind) return `no chart is called ${chart}${nearest(chart, Object.keys(chartKinds))}`;
	try {
		kind.read(rows, settings);
		return undefined;
	} catch (error) {
		if (!(error instanceof z.ZodError)) throw error;
		const [issue] = error.issues;
		return `the chart ${chart}: ${issue?.path.filter((part) => typeof part === 'string').join('.')} ${issue?.message}`;
	}
}
