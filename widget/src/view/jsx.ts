/** What JSX compiles to in the bundle, where the classic form is shorter. */

export { Fragment, h } from "preact";
