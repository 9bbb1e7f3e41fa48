/** Pages come whole from the server and need no script; those that hand a file in and write a notebook turn it on for themselves. */
export const csr = false;
