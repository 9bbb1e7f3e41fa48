import {
	concernedText,
	findingSentence,
	sinceText,
	type FindingContext
} from '#lib/format/finding-sentence.ts';
import type { Finding } from '#lib/measures/finding.ts';
import type { Table } from '#lib/notebook/table.ts';
import { mendBy } from '#lib/period/calendar.ts';

/** What is to be mended, each with a sentence, since when, whom it concerns, and the last day to send it. */
export function findingTable(findings: readonly Finding[], context: FindingContext): Table {
	const { births, variables } = mendBy(context.view.period);
	return {
		columns: {
			sentence: 'text',
			since: 'text',
			concerned: 'text',
			births: 'integer',
			mend_by: 'day',
			open: 'boolean'
		},
		rows: findings.map((finding) => {
			const day = isOfBirths(finding) ? births : variables;
			const open = context.view.asOf <= day;
			return {
				sentence: `${findingSentence(finding, context)}.`,
				since: sinceText(finding, context),
				concerned: concernedText(finding, context),
				births: finding.births,
				// what has come late cannot come in time any more
				mend_by: open && finding.kind !== 'late' ? day : null,
				open
			};
		})
	};
}

/** Whole births and forms have an earlier last day than single variables. */
const isOfBirths = ({ kind }: Finding) =>
	kind === 'notReported' || kind === 'volumeLow' || kind === 'volumeHigh' || kind === 'formMissing';
