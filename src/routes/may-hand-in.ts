import { may } from '#lib/access/role.ts';

/** Whether a reader is led to the page where files are handed in. */
export const mayHandIn = ({ account }: Pick<App.Locals, 'account'>): boolean =>
	account !== undefined && may(account.role, 'handIn');
