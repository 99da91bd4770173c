/** Whether the details stand beside the thread: one choice for all conversations. As a drawer they open on demand. */

import { useState } from "react";
import { create } from "zustand";
import { useWide } from "../shell/width";

const useColumn = create<{ shown: boolean }>(() => ({ shown: true }));

export function useDetails() {
  const wide = useWide();
  const column = useColumn((state) => state.shown);
  const [drawer, setDrawer] = useState(false);
  const shown = wide ? column : drawer;
  const show = (shown: boolean) => (wide ? useColumn.setState({ shown }) : setDrawer(shown));
  return { shown, show, beside: wide && column };
}
