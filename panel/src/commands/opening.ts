/** The command palette and the list of shortcuts, while one of them is open. */

import { create } from "zustand";

type Shown = "palette" | "shortcuts" | null;

export const usePalette = create<{ shown: Shown }>(() => ({ shown: null }));

export const show = (shown: Shown) => usePalette.setState({ shown });
