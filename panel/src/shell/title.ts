/** The browser tab's title tells what is unread. */

import { useEffect } from "react";
import { useUnreadTotal } from "../conversations/unread";

export function useTitle(): void {
  const unread = useUnreadTotal();
  useEffect(() => {
    document.title = unread ? `(${unread}) Messenger` : "Messenger";
  }, [unread]);
}
