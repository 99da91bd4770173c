/** Find a conversation or do something, by its name. */

import "@mantine/core/styles/ScrollArea.css";
import "@mantine/spotlight/styles.css";
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { Search } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useLocation } from "wouter";
import { useConversations } from "../conversations/store";
import { useLanguage, useText } from "../i18n/language";
import { useOperator } from "../session/store";
import { useDestinations } from "../shell/destinations";
import { usePresence } from "../shell/PresenceMenu";
import { found, type Group, groups } from "./commands";
import { useCommandText } from "./i18n";
import { Keys } from "./Keys";
import css from "./Palette.module.css";

const [store, spotlight] = createSpotlight();

interface Props {
  /** The conversation on the screen. */
  id: string | null;
  onClose: () => void;
}

export default function Palette({ id, onClose }: Props) {
  const t = useCommandText();
  const commands = useCommands(id);
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={commands.map(toGroup)}
      filter={(query, actions) => found(query, actions as SpotlightActionGroupData[])}
      nothingFound={t("nothing")}
      title={t("openPalette")}
      classNames={{ header: css.unseen ?? "" }}
      onSpotlightClose={onClose}
      searchProps={{
        placeholder: t("search"),
        "aria-label": t("search"),
        leftSection: <Search size={18} aria-hidden="true" />,
      }}
      scrollable
      maxHeight="min(60vh, 480px)"
      data-testid="palette"
    />
  );
}

function useCommands(id: string | null): Group[] {
  const palette = useCommandText();
  const text = useText();
  const operator = useOperator();
  const [, navigate] = useLocation();
  const byId = useConversations((state) => state.byId);
  const destinations = useDestinations();
  const presence = usePresence();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const language = useLanguage((state) => state.language);
  return useMemo(
    () =>
      groups({
        id,
        palette,
        text,
        operator,
        conversations: [...byId.values()],
        destinations,
        language,
        dark,
        navigate,
        choosePresence: presence.mutate,
        chooseScheme: setColorScheme,
      }),
    [
      id,
      palette,
      text,
      operator,
      byId,
      destinations,
      language,
      dark,
      navigate,
      presence.mutate,
      setColorScheme,
    ],
  );
}

function toGroup({ title, commands }: Group): SpotlightActionGroupData {
  return {
    group: title,
    actions: commands.map(({ Icon, keys, act, ...shown }) => ({
      ...shown,
      onClick: act,
      leftSection: <Icon size={18} aria-hidden="true" />,
      rightSection: keys && <Keys keys={keys} />,
    })),
  };
}
