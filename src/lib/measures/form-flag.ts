import { canFall, fallOf, judgedOf, isPractical } from './fall.ts';
import { figure } from './figure.ts';
import { judgedAndSince, judgedPart, untold, type Candidate, type Run, type Told } from './run.ts';
import { lostOf, sinceOf, teller } from './fall-flag.ts';
import { measures } from './measures.ts';
import { practicalDifference } from './change.ts';
import { seriesOf, shareOf, type Part } from './series.ts';
import { standings } from './against-others.ts';
import { variations } from './variation.ts';

/** Forms that are missing for more births than before, or far more often than the other units miss them. */
export function formCandidates(run: Run): Candidate[] {
	const forms = [...new Set(run.units.flatMap((unit) => [...unit.forms.keys()]))];
	const subjects = forms.map((id) =>
		run.units.map((unit) => {
			const form = unit.forms.get(id);
			return form && seriesOf(form.applicable, form.missing, 'bad');
		})
	);
	const varied = variations(subjects, run.years);
	return forms.flatMap((form, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		const parts = series.map((own) => (own ? judgedPart(own, run) : null));
		const low = standings(parts);
		return run.units.flatMap((unit, at): Candidate[] => {
			const [own, now, standing] = [series[at], parts[at], low[at]];
			if (!own || !now || !variation) return [];
			const all = judgedAndSince(own, run);
			const told = (usual: Part, since: number | null) => (): Told => ({
				matter: {
					kind: 'formMissing',
					form,
					figure: missingOf(now),
					since: sinceOf(run, own, since, missingOf)
				},
				births: lostOf(usual, all),
				of: all.n
			});
			const found: Candidate[] = [];
			const judged = judgedOf(own, run.judgedFrom, variation, at);
			if (canFall(judged)) {
				const fall = fallOf(judged);
				const tells = fall && isPractical(fall.before, fall.after);
				found.push(
					tells ? { unit, p: fall.p, weight: 1, tell: teller(told(fall.before, fall.since)) } : untold(unit)
				);
			}
			if (standing)
				found.push(
					1 - shareOf(now) >= measures.formMissing.target + practicalDifference
						? { unit, p: standing.p, weight: 1, tell: teller(told(standing.nation, null)) }
						: untold(unit)
				);
			return found;
		});
	});
}

const missingOf = ({ k, n }: Part) => figure('formMissing', { nMissing: n - k, nApplicable: n });
