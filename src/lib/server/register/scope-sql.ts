import type { Scope } from '#lib/access/scope.ts';
import { literal } from '#lib/catalogue/sql.ts';

/** The condition that a row is of a unit of the scope, in SQL. */
export const withinScope = ({ units }: Scope, column = 'unit') =>
	units === 'all' ? 'true' : `list_contains([${[...units].map(literal).join(', ')}]::varchar[], ${column})`;
