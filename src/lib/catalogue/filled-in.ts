import { reported, type Definition } from './catalogue.ts';
import { isReported, type Variable } from './variable.ts';

/**
 * The reported variables that have to be filled in for a variable to have a value: itself, or those that its
 * expression names, also by way of other derived ones. In the order of the catalogue; none where it is computed
 * from days that the register itself knows. Identity numbers are no part of an expression's.
 */
export function filledInFor(variable: Variable, definition: Definition): Variable[] {
	if (isReported(variable)) return [variable];
	const seen = new Set<string>();
	const found = new Set<string>();
	const follow = (expression: string) => {
		for (const [id] of expression.matchAll(/\b[A-Z][A-Z0-9_]*\b/g)) {
			const source = definition.byId.get(id);
			if (!source || seen.has(id)) continue;
			seen.add(id);
			if (source.derived !== undefined) follow(source.derived);
			else if (source.type !== 'identity') found.add(id);
		}
	};
	follow(variable.derived ?? '');
	return reported(definition).filter(({ id }) => found.has(id));
}

/** The variables that stand on one form only: not the identity numbers, date and order that stand on every one. */
export function ownOfForm(form: string, definition: Definition): Variable[] {
	const { birthDate, birthOrder, mother, child, identityType } = definition.register;
	const everywhere = new Set([birthDate, birthOrder, mother, child, identityType?.variable]);
	return reported(definition).filter((v) => v.form === form && !everywhere.has(v.id));
}
