import { error } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { m } from '#lib/paraglide/messages.js';

/** The unit that an address names, if the reader may see it; answers 404 otherwise. */
export function ownUnit({ register, scope }: App.Locals, id: string): Unit {
	const unit = register.definition.unitById.get(id);
	return unit && maySee(scope, id) ? unit : error(404, m.unit_unknown({ unit: id }));
}
