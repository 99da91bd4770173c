/** The signed-in screen: the menu, and beside it the conversations or the settings. */

import { useEffect } from "react";
import { useRoute } from "wouter";
import { useText } from "../i18n/language";
import { connect } from "../realtime/connect";
import { useSession } from "../session/store";
import { restoreOutbox } from "../threads/outbox";
import { Banner } from "./Banner";
import { BottomNav } from "./BottomNav";
import { Conversations } from "./Conversations";
import { useInSettings } from "./destinations";
import { Nav } from "./Nav";
import { SettingsPane } from "./SettingsPane";
import css from "./Shell.module.css";
import { useTitle } from "./title";
import { useNarrow } from "./width";

export function Shell() {
  const t = useText();
  const narrow = useNarrow();
  const inSettings = useInSettings();
  const [, params] = useRoute("/conversations/:id");
  const id = params?.id ?? null;
  useConnection();
  useTitle();
  return (
    <div className={css.shell} data-narrow={narrow || undefined}>
      <button
        type="button"
        className={css.skip}
        onClick={() => skipTo(inSettings ? "settings" : "thread")}
      >
        {t(inSettings ? "nav.skipToSettings" : "nav.skip")}
      </button>
      <Banner />
      {!narrow && <Nav />}
      {inSettings ? <SettingsPane /> : <Conversations id={id} narrow={narrow} />}
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

function skipTo(id: string): void {
  document.getElementById(id)?.focus();
}
