/** The signed-in screen: the menu, and beside it the conversations, the team or the settings. */

import { useEffect } from "react";
import { useRoute } from "wouter";
import { useText } from "../i18n/language";
import { connect } from "../realtime/connect";
import { useSession } from "../session/store";
import { restoreOutbox } from "../threads/outbox";
import { Alerts } from "./Alerts";
import { Banner } from "./Banner";
import { BottomNav } from "./BottomNav";
import { Commands } from "./Commands";
import { Conversations } from "./Conversations";
import { useInSettings, useInTeam } from "./destinations";
import { Nav } from "./Nav";
import { Rings } from "./Rings";
import { SettingsPane } from "./SettingsPane";
import css from "./Shell.module.css";
import { TeamPane } from "./TeamPane";
import { Transferring } from "./Transferring";
import { useTitle } from "./title";
import { useNarrow } from "./width";

const SKIP = {
  thread: "nav.skip",
  settings: "nav.skipToSettings",
  team: "nav.skipToTeam",
} as const;

export function Shell() {
  const t = useText();
  const narrow = useNarrow();
  const inSettings = useInSettings();
  const inTeam = useInTeam();
  const place = inSettings ? "settings" : inTeam ? "team" : "thread";
  const [, params] = useRoute("/conversations/:id");
  const id = params?.id ?? null;
  useConnection();
  useTitle();
  return (
    <div className={css.shell} data-narrow={narrow || undefined}>
      <button
        type="button"
        className={css.skip}
        onClick={() => document.getElementById(place)?.focus()}
      >
        {t(SKIP[place])}
      </button>
      <Banner />
      {!narrow && <Nav />}
      {place === "settings" && <SettingsPane />}
      {place === "team" && <TeamPane />}
      {place === "thread" && <Conversations id={id} narrow={narrow} />}
      <Rings overList={narrow && !id} />
      <Transferring />
      <Alerts />
      <Commands id={id} />
      {narrow && !id && <BottomNav />}
    </div>
  );
}

function useConnection(): void {
  const signedIn = useSession((state) => state.status === "signed_in");
  useEffect(() => {
    if (!signedIn) return;
    restoreOutbox();
    return connect();
  }, [signedIn]);
}
