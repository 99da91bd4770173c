/** The right side: the chosen conversation, its messages, the reply, the details. */

import { useEffect, useState } from "react";
import { conversationOf, useConversations } from "../conversations/store";
import { Details } from "../details/Details";
import { useText } from "../i18n/language";
import { Failure } from "../parts/Failure";
import { useViewing } from "../realtime/viewing";
import { useSession } from "../session/store";
import { useWide } from "../shell/width";
import { openThread } from "../threads/load";
import { type Thread, useThreads } from "../threads/store";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Messages } from "./Messages";
import { Nobody } from "./Nobody";
import css from "./ThreadPane.module.css";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { useReading } from "./useReading";

interface Props {
  id: string | null;
  narrow: boolean;
}

export function ThreadPane({ id, narrow }: Props) {
  return id ? <Opened id={id} narrow={narrow} /> : <Nobody />;
}

function Opened({ id, narrow }: { id: string; narrow: boolean }) {
  const wide = useWide();
  const [detailed, setDetailed] = useState(wide);
  useEffect(() => setDetailed(wide), [wide]);
  const thread = useThreads((state) => state.byId[id]);
  const conversation = useConversations((state) => state.byId[id]);
  useOpening(id);
  useReading(id);
  return (
    <div className={css.pane} data-details={(wide && detailed) || undefined}>
      <div className={css.thread} data-testid="thread" data-thread-id={id}>
        <Header
          conversation={conversation}
          narrow={narrow}
          detailed={detailed}
          onDetails={() => setDetailed(!detailed)}
        />
        <Body id={id} thread={thread} />
        {conversation && thread?.state === "ready" && <Composer conversation={conversation} />}
      </div>
      {conversation && (
        <Details
          conversation={conversation}
          evidence={thread?.evidence ?? null}
          shown={detailed}
          onHide={() => setDetailed(false)}
        />
      )}
      <Announcer id={id} />
    </div>
  );
}

function Body({ id, thread }: { id: string; thread: Thread | undefined }) {
  const t = useText();
  const retry = () => void openThread(id).catch(() => null);
  if (thread?.state === "failed") {
    return <Failure title={t("thread.failed")} error={thread.error} onRetry={retry} />;
  }
  if (thread?.state !== "ready") return <ThreadSkeleton />;
  return <Messages id={id} thread={thread} />;
}

/** Opened when it comes to the screen, and again when the session is back. */
function useOpening(id: string): void {
  const signedIn = useSession((state) => state.status === "signed_in");
  useEffect(() => {
    useViewing.setState({ id });
    return () => useViewing.setState({ id: null });
  }, [id]);
  useEffect(() => {
    if (signedIn) openThread(id).catch(() => null);
  }, [id, signedIn]);
  useEffect(() => {
    if (!conversationOf(id)) document.getElementById("thread")?.focus();
  }, [id]);
}
