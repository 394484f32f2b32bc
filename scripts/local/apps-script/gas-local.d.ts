declare module 'gas-local' {
  interface GasLocal {
    /** Runs all `.js` files of a folder in a context made of `globals`; returns the context. */
    require(folder: string, globals: object, options?: { filter?: (path: string) => boolean }): object;
  }
  const gasLocal: GasLocal;
  export default gasLocal;
}
