import { message, notificationSubscriber } from '../notifications/index.ts';

/** Who asked is told of a clerk's decision; what was answered at once they have before them. */
export const decisionMessages = notificationSubscriber({
  name: 'query.decision-messages',
  types: ['query.answered', 'query.refused'],
  react(_, { type, actorId, data }) {
    const askerId = String(data.askerId);
    if (actorId === askerId) return Promise.resolve(null);
    const about = String(data.queryId);
    const params = { queryNo: String(data.no) };
    const content = { accountIds: [askerId], params, link: `/query/${about}`, about };
    const template = type === 'query.answered' ? 'query.answered' : 'query.refused';
    return Promise.resolve({ messages: [message({ ...content, template })] });
  },
});
