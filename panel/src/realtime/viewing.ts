/** Which conversation is on the screen: the server sends full frames for it. */

import { create } from "zustand";

export const useViewing = create<{ id: string | null }>(() => ({ id: null }));

export const viewing = (): string | null => useViewing.getState().id;
