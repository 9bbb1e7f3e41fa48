/** Pages come whole from the server and need no script; the page that hands a file in turns it on for itself. */
export const csr = false;
