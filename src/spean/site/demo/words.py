"""Fictional names and pleas. Nobody here exists: common names, combined by chance."""

from __future__ import annotations

# Written in Khmer, and as somebody might write it in Latin letters.
FAMILY = (
    ("សុខ", "Sok"), ("ចាន់", "Chan"), ("គឹម", "Kim"), ("ហេង", "Heng"), ("លី", "Ly"),
    ("ជា", "Chea"), ("កែវ", "Keo"), ("នួន", "Nuon"), ("ប៉ែន", "Pen"), ("អ៊ុំ", "Um"),
    ("ឈឹម", "Chhim"), ("ទេព", "Tep"), ("យឹម", "Yim"), ("សំ", "Sam"), ("ម៉ៅ", "Mao"),
)  # fmt: skip
WOMEN = (
    ("ស្រីមុំ", "Sreymom"), ("សុភា", "Sophea"), ("ចាន់ថា", "Chantha"), ("ស្រីពៅ", "Sreypov"),
    ("សុខា", "Sokha"), ("រតនា", "Ratana"), ("បុប្ផា", "Bopha"), ("ធីតា", "Thida"),
    ("ស្រីនាង", "Sreyneang"), ("ម៉ាលី", "Maly"), ("សុជាតា", "Socheata"), ("ចន្ធី", "Chanthy"),
    ("វណ្ណា", "Vanna"), ("ពិសី", "Pisey"), ("កញ្ញា", "Kanha"), ("លីដា", "Lida"),
)  # fmt: skip
MEN = (
    ("សុភ័ក្រ", "Sopheak"), ("បូរ៉ា", "Bora"), ("រិទ្ធី", "Rithy"), ("ដារ៉ា", "Dara"),
    ("វិចិត្រ", "Vichet"), ("សំណាង", "Samnang"), ("វុទ្ធី", "Vuthy"), ("ចំរើន", "Chamroeun"),
)  # fmt: skip

# language, words, for whom, where in any words, who holds
PLEAS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "km",
        "ជួយខ្ញុំផង។ គេបោកខ្ញុំមករៀបការ។ ខ្ញុំចេញក្រៅមិនបាន។ ទូរស័ព្ទខ្ញុំគ្មានស៊ីមកាតទេ។",
        "me",
        "ប្រទេសចិន ខេត្តហឺណាន",
        "ប្តីនិងម្តាយក្មេក",
    ),
    (
        "km",
        "កូនស្រីខ្ញុំទៅធ្វើការនៅម៉ាឡេស៊ី ៣ខែហើយមិនដែលបានទូរស័ព្ទមកផ្ទះ។ ថៅកែយកលិខិតឆ្លងដែនទុក។",
        "somebody",
        "ម៉ាឡេស៊ី",
        "ថៅកែ",
    ),
    (
        "km",
        "យើងមាន៦នាក់នៅក្នុងអគារមួយ។ គេវាយបើយើងធ្វើការមិនគ្រប់។ សូមជួយ។",
        "group",
        "អគារជាន់ទី៤ ជិតទន្លេ",
        "ក្រុមហ៊ុន",
    ),
    ("km", "ជួយផង", "", "", ""),
    (
        "km",
        "ប្អូនស្រីខ្ញុំអាយុ១៦ឆ្នាំ មេខ្យល់នាំទៅចិនកាលពីខែមុន។ គេសន្យារកការងារ។",
        "somebody",
        "ចិន មិនដឹងខេត្ត",
        "មេខ្យល់",
    ),
    (
        "en",
        "I was told it is office work. They took my passport and we cannot leave the building.",
        "me",
        "a big compound near a casino",
        "the company",
    ),
    (
        "en",
        "My neighbour's daughter is kept in a house and is not allowed to go out or call.",
        "somebody",
        "",
        "",
    ),
    (
        "en",
        "There is a house where a broker keeps girls before they fly. New ones come every week.",
        "tip",
        "near the old market",
        "a broker",
    ),
    (
        "zh-hans",
        "我们被关在一栋楼里，每天工作十五个小时，护照被老板拿走了。请帮帮我们。",
        "group",
        "四楼，靠近河边",
        "老板",
    ),
    ("zh-hans", "我妹妹被卖到别的公司，电话打不通了。", "somebody", "", "公司"),
    (
        "vi",
        "Em bị lừa sang đây làm việc, họ giữ giấy tờ và đòi tiền chuộc. Xin giúp em.",
        "me",
        "tòa nhà màu xanh",
        "công ty",
    ),
    (
        "vi",
        "Con trai tôi đi làm ở Campuchia hai tháng nay không liên lạc được.",
        "somebody",
        "",
        "",
    ),
)

HOLDERS = ("a husband's family", "a broker", "an employer", "a boat owner")
NEEDS = (
    "Sleeps badly; wants to see a doctor alone.",
    "Owes money to a neighbour for the journey.",
    "Wants her sister to know, not her father.",
    "Needs papers for the child.",
)
CHOICE_WORDS = (
    "I want to go to my mother's house.",
    "I do not want the village to know yet.",
    "I want to learn to sew first.",
)
CLOSING_WORDS = (
    "I have work now. You may close this.",
    "I am well with my aunt. I know whom to call.",
)
