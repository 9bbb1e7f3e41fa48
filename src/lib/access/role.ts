/** What a person is to the register, the one with the least reach first. */
export const roles = ['unitManager', 'coordinator', 'statistician', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A person who may sign in. A unit manager has units, a coordinator regions; the others reach the whole nation. */
export type Account = {
	id: string;
	email: string;
	name: string;
	role: Role;
	units: readonly string[];
	regions: readonly string[];
};

/** What somebody may do besides reading the figures of the own scope. */
export const abilities = [
	'handIn',
	'followUp',
	'administer',
	'seeRounds',
	'holdRounds',
	'writeNotebooks'
] as const;
export type Ability = (typeof abilities)[number];

const able: Record<Role, readonly Ability[]> = {
	unitManager: ['handIn', 'followUp'],
	coordinator: ['handIn', 'followUp'],
	// who counts the births does not send them
	statistician: ['followUp', 'seeRounds', 'writeNotebooks'],
	administrator: ['handIn', 'followUp', 'administer', 'seeRounds', 'holdRounds', 'writeNotebooks']
};

/** Whether a role may do something, in the units of its scope. */
export const may = (role: Role, ability: Ability): boolean => able[role].includes(ability);
