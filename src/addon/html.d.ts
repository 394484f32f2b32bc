/**
 * The build writes the page beside the script, whole, with its script and its style sheet in place. What is imported is
 * its name, as `Ui.showPage` and `Ui.sidebar` take it.
 */
declare module '*.html' {
  const pageName: string;
  export default pageName;
}
