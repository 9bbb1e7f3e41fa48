/** The second page with a script: a text is written beside the page that it makes. */
export const csr = true;
