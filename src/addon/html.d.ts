/** The build makes a string of it: a whole page, with its script and its style sheet in place. */
declare module '*.html' {
  const page: string;
  export default page;
}
