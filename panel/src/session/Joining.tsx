/** The way in by a link; its code comes for the few who have one. */

import { lazy, Suspense } from "react";
import { Crash } from "../parts/Crash";

const Join = lazy(() => import("./join/Join"));

export function Joining({ token }: { token: string }) {
  return (
    <Crash>
      <Suspense>
        <Join token={token} />
      </Suspense>
    </Crash>
  );
}
