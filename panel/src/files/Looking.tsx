/** The gallery, while a picture is looked at; its code comes with the first one. */

import { lazy, Suspense } from "react";
import { useShown } from "./desk";

const Gallery = lazy(() => import("./Gallery"));

export function Looking() {
  const id = useShown((state) => state.id);
  if (!id) return null;
  return (
    <Suspense>
      <Gallery id={id} />
    </Suspense>
  );
}
