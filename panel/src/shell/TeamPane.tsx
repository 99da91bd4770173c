/** The team in place of list and conversation; its code comes when it is first opened. */

import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Crash } from "../parts/Crash";
import css from "./Shell.module.css";

const TeamPage = lazy(() => import("../team/TeamPage"));

export function TeamPane() {
  return (
    <div className={css.settings}>
      <Crash>
        <Suspense fallback={<Loader className={css.loader ?? ""} />}>
          <TeamPage />
        </Suspense>
      </Crash>
    </div>
  );
}
