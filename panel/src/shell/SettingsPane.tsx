/** The settings in place of list and conversation; their code comes when they are first opened. */

import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Redirect } from "wouter";
import { Crash } from "../parts/Crash";
import { useMaySet } from "./destinations";
import css from "./Shell.module.css";

const Settings = lazy(() => import("../settings/Settings"));

export function SettingsPane() {
  if (!useMaySet()) return <Redirect to="/conversations" replace />;
  return (
    <div className={css.settings}>
      <Crash>
        <Suspense fallback={<Loader className={css.loader ?? ""} />}>
          <Settings />
        </Suspense>
      </Crash>
    </div>
  );
}
