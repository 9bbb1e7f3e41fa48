/** One of the two pages with a script: it sends a file as it is and tells how far it has come. */
export const csr = true;
