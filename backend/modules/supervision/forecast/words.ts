import type { Text } from '../contract.ts';
import type { ForecastDocument } from './forecast.model.ts';

/** Why a case is on the list, in plain words: where it is, who is before it, how fast that goes, what is left. Pure. */

const round = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

function duration(minutes: number): Text {
  const whole = Math.max(0, Math.round(minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const zh = [
    ...(hours > 0 ? [`${hours} 小时`] : []),
    ...(rest > 0 || hours === 0 ? [`${rest} 分`] : []),
  ].join(' ');
  const en = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(
    ' ',
  );
  return { zh, en };
}

export function reasonsOf({ standing, chance, dueAt }: ForecastDocument, step: Text, now: Date): Text[] {
  const { ahead, waiting, perDay, need, margin, longer, alike } = standing;
  if (chance === null) {
    return [
      {
        zh: '办理时间暂停着，恢复以后再预测',
        en: 'The clock stands still; it is forecast again once it runs',
      },
    ];
  }
  if (dueAt !== null && dueAt <= now) return [{ zh: '已经超期', en: 'Already overdue' }];
  const needed = duration(need);
  const left = duration(margin);
  const pace = round(perDay);
  return [
    {
      zh: `现在在${step.zh}，这一步有 ${waiting} 件，比它先到期的有 ${ahead} 件`,
      en: `At ${step.en.toLowerCase()}, with ${waiting === 1 ? '1 case' : `${waiting} cases`} waiting there, ${ahead} of them due before it`,
    },
    {
      zh: `照近 10 个工作日每天办 ${pace} 件的速度，办完大约还要 ${needed.zh}，离到期还有 ${left.zh}（办公时间）`,
      en: `At the pace of the last 10 working days, ${pace} a day, it needs about ${needed.en}; ${left.en} of office time are left`,
    },
    ...(alike > 0
      ? [
          {
            zh: `近 8 周走到同一处的 ${alike} 件里，有 ${longer} 件用的时间比它剩下的长`,
            en: `Of ${alike} cases at the same point in the last 8 weeks, ${longer} needed more time than it has left`,
          },
        ]
      : []),
  ];
}
