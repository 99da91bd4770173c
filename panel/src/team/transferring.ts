/** Which conversation is being handed on: the dialog over the panel. */

import { create } from "zustand";

export const useTransferring = create<{ id: string | null }>(() => ({ id: null }));

export const startTransfer = (id: string) => useTransferring.setState({ id });

export const endTransfer = () => useTransferring.setState({ id: null });
