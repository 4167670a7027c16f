import type { NotificationList, NotificationView } from '../../../backend/modules/notifications/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';

/** The inbox page by page; a notification is read once it is opened, never by scrolling past it. */
export class Inbox {
  items = $state.raw<readonly NotificationView[] | null>(null);
  unread = $state(0);
  nextCursor = $state<string | null>(null);
  failure = $state.raw<AppFailure | null>(null);
  busy = $state(false);

  constructor() {
    void this.start();
  }

  start = async (): Promise<void> => {
    this.items = null;
    this.nextCursor = null;
    await this.more();
  };

  more = async (): Promise<void> => {
    this.busy = true;
    this.failure = null;
    try {
      const page = await api.get<NotificationList>('/api/notifications', {
        query: { cursor: this.nextCursor, limit: 20 },
      });
      this.items = [...(this.items ?? []), ...page.items];
      this.nextCursor = page.nextCursor;
      this.unread = page.unreadCount;
    } catch (error) {
      this.failure = asFailure(error);
    } finally {
      this.busy = false;
    }
  };

  async read(item: NotificationView): Promise<void> {
    if (item.readAt) return;
    try {
      const now = await api.post<NotificationView>(`/api/notifications/${item.id}/read`);
      this.items = (this.items ?? []).map((other) => (other.id === now.id ? now : other));
      this.unread = Math.max(0, this.unread - 1);
    } catch {
      // It stays unread, which is true; opening it again tries again.
    }
  }
}
