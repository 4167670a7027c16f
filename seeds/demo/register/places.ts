/** Districts of Liaocheng with streets that exist and estates that do not. `homes` is how many units each gets. */
export interface Estate {
  name: string;
  street: string;
  no: number;
}

export interface District {
  code: string;
  /** As addresses begin. */
  name: string;
  /** The code in unit codes; 茌平 kept its old one for what was surveyed before 2019. */
  unitCodePrefix: string;
  homes: number;
  estates: readonly Estate[];
}

function estates(...lines: readonly string[]): Estate[] {
  return lines.map((line) => {
    const [name = '', street = '', no = '1'] = line.split(' ');
    return { name, street, no: Number(no) };
  });
}

export const DISTRICTS: readonly District[] = [
  {
    code: '371502',
    name: '东昌府区',
    unitCodePrefix: '371502',
    homes: 1380,
    estates: estates(
      '望湖苑 湖滨路 88',
      '光岳新城 东昌东路 126',
      '水岸华庭 湖南路 45',
      '柳园小区 柳园南路 39',
      '凤凰国际花园 兴华西路 210',
      '阿尔卡迪亚家园 花园南路 16',
      '金鼎广场 振兴西路 68',
      '运河人家 昌润路 152',
      '明珠花园 建设东路 77',
      '新纺街坊 站前街 21',
      '昌润莲城 东昌西路 99',
      '孟达国际新城 卫育北路 8',
    ),
  },
  {
    code: '371503',
    name: '茌平区',
    unitCodePrefix: '371503',
    homes: 230,
    estates: estates('枣乡花园 枣乡街 56', '金牛湖小区 中心街 118', '顺河家园 新政路 30'),
  },
  {
    code: '371503',
    name: '茌平区',
    unitCodePrefix: '371523',
    homes: 120,
    estates: estates('铝城小区 铝城路 12', '文昌苑 文昌街 64'),
  },
  {
    code: '371581',
    name: '临清市',
    unitCodePrefix: '371581',
    homes: 360,
    estates: estates(
      '鳌头矶小区 先锋路 33',
      '运河名邸 大众路 190',
      '温泉花园 温泉路 71',
      '银河水岸 银河路 205',
    ),
  },
  {
    code: '371521',
    name: '阳谷县',
    unitCodePrefix: '371521',
    homes: 200,
    estates: estates('狮子楼家园 谷山路 58', '景阳小区 运河西路 26', '清河花园 清河西路 90'),
  },
  {
    code: '371522',
    name: '莘县',
    unitCodePrefix: '371522',
    homes: 180,
    estates: estates('伊园小区 伊园街 17', '莘亭花园 莘亭路 144'),
  },
  {
    code: '371524',
    name: '东阿县',
    unitCodePrefix: '371524',
    homes: 160,
    estates: estates('阿胶街小区 阿胶街 78', '洛神湖畔 曙光街 9'),
  },
  {
    code: '371525',
    name: '冠县',
    unitCodePrefix: '371525',
    homes: 180,
    estates: estates('冉子花园 冉子路 41', '梨园新村 振兴路 203'),
  },
  {
    code: '371526',
    name: '高唐县',
    unitCodePrefix: '371526',
    homes: 190,
    estates: estates('鱼丘湖小区 鱼丘湖路 25', '时风家园 金城路 166'),
  },
];
