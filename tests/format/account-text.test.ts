import { expect, test } from 'vitest';
import { reachBrief, reachText } from '#lib/format/account-text.ts';
import type { Role } from '#lib/access/role.ts';
import type { Unit } from '#lib/catalogue/unit.ts';

const unit = (id: string, name: string): [string, Unit] => [
	id,
	{ id, name, place: '', region: 'Region Skåne', code: '', births_per_year: 0, active: [], note: '' }
];
const unitById = new Map([unit('visby', 'Visby lasarett'), unit('ystad', 'Ystad')]);

test('a unit manager reaches units by name, a coordinator regions, the others the country', () => {
	const account = { units: ['visby', 'ystad'], regions: ['Region Skåne', 'Region Gotland'] };
	const reach = (role: Role) => reachText({ ...account, role }, unitById, 'sv');
	expect(reach('unitManager')).toBe('Visby lasarett, Ystad');
	expect(reach('coordinator')).toBe('Region Skåne, Region Gotland');
	expect([reach('statistician'), reach('administrator')]).toEqual(['hela landet', 'hela landet']);
});

test('in a narrow column the first stands for all, with how many more there are', () => {
	const account = { role: 'unitManager', units: ['visby', 'ystad'], regions: [] } as const;
	expect(reachBrief(account, unitById, 'sv')).toBe('Visby lasarett +1');
	expect(reachBrief({ ...account, units: ['ystad'] }, unitById, 'sv')).toBe('Ystad');
	expect(reachBrief({ ...account, units: [] }, unitById, 'en')).toBe('no unit');
});

test('a unit that the definition no longer has is told by its id', () => {
	expect(reachText({ role: 'unitManager', units: ['boden'], regions: [] }, unitById, 'sv')).toBe('boden');
});
