/** A page of the settings replaces another: the focus goes to its heading, so that it is read out. */

import { useEffect, useRef } from "react";

export function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return heading;
}
