/** The details that a sender states, in the order of the form. Apart from their schema, which no browser needs. */
export const senderFields = ['name', 'unit', 'organisation', 'address', 'telephone', 'email'] as const;
export type SenderField = (typeof senderFields)[number];
