"""The wording of American statutes, rules, orders and ordinances, and what each truly says.

Short quotations or close paraphrases; one case for each way in which a legislature writes.
"""
# ruff: noqa: E501  (a sentence of law is quoted whole)

from dataclasses import dataclass, field

import pytest


@dataclass
class Case:
    name: str
    passages: tuple
    title: str | None = None
    says: dict = field(default_factory=dict)
    schedule: str | None = None
    age: int | None = None
    caps: tuple = ()
    duties: tuple = ()
    bans: tuple = ()


NAMED = {"leaf": "named"}
CASES = [
    Case(
        "AL lists hydroxymitragynine without its 7",
        (
            (
                ("Title 20", "Section 20-2-23 Schedule I - Listing"),
                "(b) The controlled substances listed in this section are included in Schedule I:",
            ),
            (
                ("Title 20", "Section 20-2-23 Schedule I - Listing"),
                "(4)a. A synthetic controlled substance that is any of the following: 1. AM-2201. 40. Mitragynine. 41. Hydroxymitragynine.",
            ),
        ),
        says={"mitragynine": "listed", "7-oh": "listed", "leaf": "silent"},
        schedule="I",
    ),
    Case(
        "AR list with code numbers and dates in columns",
        (
            (("SCHEDULE I", "Opioids"), "7245 | 02-03-2016 | Mitragynine", "row"),
            (("SCHEDULE I", "Opioids"), "7246 | 02-03-2016 | 7-Hydroxymitragynine", "row"),
        ),
        title="List of Controlled Substances for the State of Arkansas",
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="I",
    ),
    Case(
        "AZ product act",
        (
            "36-795. Definitions In this article, unless the context otherwise requires:",
            '3. "Kratom product" means a food product or dietary ingredient containing any part of the leaf of the plant mitragyna speciosa.',
            "36-795.02. Kratom products; prohibited acts; violation; classification",
            "A. A dealer may not prepare, distribute, sell or expose for sale any of the following:",
            "3. A kratom product containing a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the alkaloid composition of the product.",
            "4. A kratom product containing any synthetic alkaloids, including synthetic mitragynine, synthetic 7-hydroxymitragynine or any other synthetically derived compounds of the kratom plant.",
            "B. A dealer may not distribute, sell or expose for sale a kratom product to an individual who is under eighteen years of age.",
            "C. A dealer who violates this section is guilty of a class 2 misdemeanor.",
        ),
        title="Chapter 6 Article 9 Kratom products",
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
        age=18,
        caps=("2%",),
        duties=("synthetic_ban", "penalties"),
    ),
    Case(
        "CA notice of the department of public health",
        (
            "Foods containing 7-OH are adulterated. Under state law kratom and 7-OH are illegal to sell or manufacture in California.",
        ),
        says={"leaf": "listed", "7-oh": "listed"},
        bans=(("sell", "leaf"), ("sell", "7-oh")),
    ),
    Case(
        "CA alcohol regulator: can lawfully be marketed",
        (
            "Neither illegal kratom nor 7-hydroxymitragynine products can lawfully be marketed in the United States as a drug product, dietary supplement, or food additive.",
        ),
        says={"leaf": "listed", "7-oh": "listed"},
        bans=(("sell", "leaf"), ("sell", "7-oh")),
    ),
    Case(
        "CO definition leaves out synthesized alkaloids",
        (
            '(d) "Kratom product" means a food or dietary supplement that consists of, or contains, any part of a kratom leaf, a kratom leaf extract, or any kratom alkaloid and does not include any synthesized alkaloids or semi-synthesized alkaloids.',
            "(2) A person shall not knowingly sell or offer to sell a kratom product to a person under twenty-one years of age.",
        ),
        says={"leaf": "named", "derivatives": "named"},
        age=21,
        duties=("synthetic_ban",),
    ),
    Case(
        "CT regulation enters the plant and its parts",
        (
            (
                ("Sec. 21a-243-7. Controlled substances in schedule I",),
                "The controlled substances in this section are included by whatever official, common, usual, chemical or trade name in schedule I:",
            ),
            (
                ("Sec. 21a-243-7. Controlled substances in schedule I",),
                "(89) Mitragyna speciosa (kratom), including its leaves, stems and any extracts;",
            ),
            (
                ("Sec. 21a-243-7. Controlled substances in schedule I",),
                "(90) 7-hydroxymitragynine.",
            ),
        ),
        says={"leaf": "listed", "7-oh": "listed"},
        schedule="I",
    ),
    Case(
        "CT news release designates",
        (
            "Connecticut is the seventh state to designate Kratom and its derivatives, including 7-OH, as Schedule 1 controlled substances.",
        ),
        says={"leaf": "listed", "7-oh": "listed"},
        schedule="1",
    ),
    Case(
        "DC food law is no schedule",
        (
            "(E) Does not include food manufacturing, and does not prepare alcohol-infused food products or food products containing cannabis, CBD, Kava, Kratom or any other unapproved food additive;",
        ),
        says=NAMED,
    ),
    Case(
        "FL consumer act: under 21",
        (
            "500.92 Florida Kratom Consumer Protection Act.-(1) This section may be cited as the “Florida Kratom Consumer Protection Act.”",
            "(2) As used in this section, the term “kratom product” means a food product, food ingredient, dietary ingredient, dietary supplement, or beverage intended for human consumption which contains any part of the leaf of the plant Mitragyna speciosa or an extract, a synthetic alkaloid, or a synthetically derived compound of such plant.",
            "(3) It is unlawful to sell, deliver, barter, furnish, or give, directly or indirectly, any kratom product to a person who is under 21 years of age.",
            "(4) A violation of subsection (3) is a misdemeanor of the second degree, punishable as provided in s. 775.082.",
        ),
        says={"leaf": "named", "derivatives": "named"},
        age=21,
        duties=("penalties",),
    ),
    Case(
        "FL emergency rule: Schedule I above a concentration",
        (
            (
                ("2ER25-2 Schedule I",),
                "The following is controlled in Schedule I: isolated or concentrated 7-hydroxymitragynine, at a level greater than 400 parts per million on a dry-weight basis.",
            ),
        ),
        title="Emergency rule: controlled substances",
        says={"7-oh": "listed"},
        schedule="I",
        caps=("400 ppm",),
    ),
    Case(
        "GA age, caps and identification",
        (
            (
                ("Article 5 Kratom", "16-13-121"),
                "(a)(1) No person shall knowingly sell or transfer possession of any kratom, kratom product, or kratom extract to another person under 21 years of age, nor shall any person under 21 years of age purchase or possess any kratom.",
            ),
            (
                ("Article 5 Kratom", "16-13-121"),
                "(2)(A) The prohibition contained in paragraph (1) of this subsection shall not apply with respect to the sale or transfer of possession of kratom by a person when such person has been furnished with proper identification showing that the individual is 21 years of age or older.",
            ),
            (
                ("Article 5 Kratom", "16-13-122"),
                "(b) No kratom product sold in, or delivered to, this state shall have a concentration ratio that is:",
            ),
            (
                ("Article 5 Kratom", "16-13-122"),
                "(1) Greater than 150 mg of mitragynine per serving;",
            ),
            (
                ("Article 5 Kratom", "16-13-122"),
                "(2) Greater than 0.5 mg 7-hydroxymitragynine per gram; or",
            ),
            (
                ("Article 5 Kratom", "16-13-122"),
                "(3) Greater than 1 mg 7-hydroxymitragynine per serving.",
            ),
        ),
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
        age=21,
        caps=("150 mg/serving", "0.5 mg/g", "1 mg/serving"),
        duties=("age_verification",),
    ),
    Case(
        "IA bill wording: kratom, meaning any parts of the plant",
        (
            (
                ("124.204 Schedule I - substances included",),
                "4. Hallucinogenic substances. Any material which contains any quantity of the following hallucinogenic substances:",
            ),
            (
                ("124.204 Schedule I - substances included",),
                "ai. Kratom, meaning any parts of the plant Mitragyna speciosa, whether growing or not, as well as synthetic equivalents of the substances contained in the plant.",
            ),
        ),
        says={"leaf": "listed"},
        schedule="I",
    ),
    Case(
        "IL minors",
        (
            '(a) As used in this Act, "Kratom" means any parts of the plant Mitragyna speciosa, whether growing or not, and any compound, manufacture, salt, derivative, mixture, or preparation of that plant, including but not limited to mitragynine and 7-hydroxymitragynine.',
            "(b) A minor under 18 years of age shall not knowingly purchase or possess any product containing any quantity of Kratom.",
            "(d) A person shall not knowingly sell, buy for, distribute samples of, or furnish any product containing any quantity of Kratom to any minor under 18 years of age.",
            "(e) Sentence. Violation of subsection (b) of this Section is a Class B misdemeanor for which the offender shall be fined an amount of not less than $500.",
        ),
        title="720 ILCS 642/ Kratom Control Act",
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
        age=18,
        duties=("penalties",),
    ),
    Case(
        "IN synthetic drug definition",
        (
            'Sec. 321. "Synthetic drug" means: (1) A substance containing one (1) or more of the following chemical compounds, including an analog of the compound: (A) JWH-015. (ZZ) Mitragynine. (AAA) 7-Hydroxymitragynine.',
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
    ),
    Case(
        "IN digest: not a controlled substance",
        ("Specifies that a kratom product is not a controlled substance.",),
        says={"leaf": "excluded"},
    ),
    Case(
        "KY product act in one long line, with the spaces of a PDF",
        (
            "217.2202 Kratom processors and retailers -- Prohibitions. A kratom processor or kratom retailer shall not: (1) Distribute, dispense, sell, or make available for sale any kratom extract or kratom product to an individual who is under twenty -one (21) years of age; or (2) Prepare, manufacture, distribute, dispense, sell, or make available for sale any kratom extract or kratom product that: (a) Is adulterated with a dangerous nonkratom substance; (c) Contains a level of 7 -hydroxymitragynine in the alkaloid fraction that is greater than two percen t (2%) of the overall alkaloid composition of the product; (d) Contains any synthetic alkaloid, including synthetic mitragynine; or (f) Does not meet the labeling requirements of KRS 217.2203.",
        ),
        says={"leaf": "named", "7-oh": "named", "derivatives": "named"},
        age=21,
        caps=("2%",),
        duties=("labelling", "synthetic_ban"),
    ),
    Case(
        "LA misspells the plant",
        (
            "A. No person shall sell or distribute or cause to be sold or distributed a product containing mitragynine speciosa to any person under the age of twenty-one.",
            "B. For purposes of this Section “mitragynine speciosa” means a product containing either or both of the following: (a) Mitragynine. (b) 7-Hydroxy-mitragynine.",
        ),
        title="R.S. 40:989.3",
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
        age=21,
    ),
    Case(
        "LA schedule since 2025",
        (
            "§964. Composition of schedules",
            "Schedules I, II, III, IV, and V shall, unless and until added to, consist of the following drugs or other substances:",
            "SCHEDULE I",
            "C. Hallucinogenic substances. Any material which contains any quantity of the following:",
            "(80) Mitragynine",
            "(81) 7-Hydroxymitragynine",
            "SCHEDULE II",
            "A. Opium",
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="I",
    ),
    Case(
        "LA possession offence",
        (
            "B. It shall be unlawful for any person knowingly or intentionally to possess, manufacture, or distribute kratom.",
        ),
        says={"leaf": "listed"},
        bans=(("possess", "leaf"), ("sell", "leaf")),
    ),
    Case(
        "MD per cent of the composition",
        (
            "(c) A retailer may not prepare, distribute, sell, or expose for sale:",
            "(3) A kratom product containing a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than 2% of the alkaloid composition of the product; or",
            "(d) A retailer may not sell a kratom product to an individual under the age of 21 years.",
            "(e) The label of a kratom product shall state that it has not been recognized as a dietary ingredient or approved drug by the U.S. Food and Drug Administration.",
        ),
        says={"leaf": "named", "7-oh": "named"},
        age=21,
        caps=("2%",),
        duties=("labelling",),
    ),
    Case(
        "MN gross misdemeanor",
        (
            "(a) A person who unlawfully sells any amount of kratom or a substance that contains mitragynine or 7-hydroxymitragynine to a person under the age of 18 is guilty of a gross misdemeanor.",
        ),
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
        age=18,
        duties=("penalties",),
    ),
    Case(
        "MS one per cent of the alkaloids and half a milligram a container",
        (
            "(c) A kratom product may not be sold unless the level of 7-hydroxymitragynine, on a percent weight basis, is not greater than one percent (1%) of the amount of total kratom alkaloids, as confirmed with a high-performance liquid chromatography testing method and not to exceed one-half (0.5) milligram per container;",
        ),
        says={"7-oh": "named"},
        caps=("1%", "0.5 mg/container"),
    ),
    Case(
        "MS county ordinance with an enumeration",
        (
            "(a) No person shall use, possess, purchase, distribute, manufacture, sell or attempt to sell any one or more of the following within the county:",
            '(2) Products sold as "kratom", or any part of the plant Mitragyna Speciosa, whether growing or not, and any compound or preparation of the plant, including but not limited to any product containing mitragynine, or 7-hydroxymitragynine.',
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        bans=(("possess", "leaf"), ("sell", "leaf"), ("sell", "7-oh")),
    ),
    Case(
        "MS recitals ban nothing",
        (
            "WHEREAS, kratom is not controlled under the Controlled Substances Act, and it is illegal to sell kratom in several states; and",
        ),
        says=NAMED,
    ),
    Case(
        "NE registration and laboratory",
        (
            "Sec. 4. (1) A kratom manufacturer shall register each kratom product with the Department of Revenue before it is sold.",
            "(2) The application shall include a certificate of analysis from an independent laboratory that the kratom product does not contain a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the alkaloid composition of the kratom product.",
            "(3) A retailer shall not sell a kratom product to any person younger than twenty-one years of age.",
        ),
        says={"leaf": "named", "7-oh": "named"},
        age=21,
        caps=("2%",),
        duties=("registration", "testing"),
    ),
    Case(
        "NV child under 18",
        (
            "1. A person shall not knowingly sell or offer to sell any material, compound, mixture or preparation containing a kratom product to a child under the age of 18 years.",
            "3. A person shall not sell a kratom product that does not have a label that clearly sets forth the ingredients and directions.",
            "4. A person who violates any provision of this section is subject to a civil penalty of not more than $1,000 for each violation.",
            "5. As used in this section, “kratom product” means any product or ingredient containing: (a) Any part of the leaf of the Mitragyna Speciosa plant if the plant contains the alkaloid mitragynine or 7-hydroxymitragynine; or (b) A synthetic material that contains the alkaloid mitragynine or 7-hydroxymitragynine.",
        ),
        says={"leaf": "named", "mitragynine": "named"},
        age=18,
        duties=("labelling", "penalties"),
    ),
    Case(
        "NY sale to persons under 21",
        (
            "1. It shall be unlawful for any person to sell kratom to any individual under twenty-one years of age.",
            "2. “Kratom” means any part of the plant Mitragyna speciosam whether growing or not, and any compound or preparation of such plant or synthesized or semi-synthesized preparations of mitragynine or 7-hydroxymitragynine.",
        ),
        says=NAMED,
        age=21,
    ),
    Case(
        "OH schedules the related compounds and not the leaf",
        (
            "(A) The following are Schedule I controlled substances:",
            "(3) Mitragynine-related compounds. Mitragynine-related compounds include, but are not limited to, the following: 7-hydroxymitragynine; mitragynine pseudoindoxyl; dihydro-7-hydroxy mitragynine; and 7-acetoxymitragynine.",
            "Mitragynine-related compounds do not include any of the following:",
            "(1) Natural kratom in vegetation form;",
            "(4) Mitragynine.",
        ),
        title="Rule 4729:9-1-01 Schedule I controlled substances",
        says={
            "leaf": "excluded",
            "mitragynine": "excluded",
            "7-oh": "listed",
            "derivatives": "listed",
        },
        schedule="I",
    ),
    Case(
        "OK vendor, one per cent, test results",
        (
            "A. A vendor shall not prepare, distribute, sell or expose for sale any of the following:",
            "1. A kratom product that is adulterated with a nonkratom substance.",
            "3. A kratom product containing a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than one percent (1%) of the alkaloid composition of the product;",
            "4. A kratom product containing any synthetic alkaloid including synthetic mitragynine; or",
            "B. Kratom products shall be accompanied by a label, or a quick response (QR) code, bearing the following information:",
            "2. That the sale or transfer of kratom to a person under eighteen (18) years of age is prohibited;",
            "C. A vendor shall not distribute, sell or expose for sale a kratom product to an individual under eighteen (18) years of age.",
            "D. Upon request, a vendor shall provide test results from a United States-based testing facility, an independent testing laboratory.",
        ),
        says={"leaf": "named", "7-oh": "named"},
        age=18,
        caps=("1%",),
        duties=("labelling", "testing", "synthetic_ban"),
    ),
    Case(
        "OR registration of processors",
        (
            "475.404 (1) A processor may not sell, distribute or expose for sale a kratom product prior to registering with the Department of Revenue.",
            "(2) A processor or retailer may not distribute, sell or expose for sale a kratom product to an individual under 21 years of age.",
        ),
        title="ORS 475.400 to 475.412 Kratom",
        says=NAMED,
        age=21,
        duties=("registration",),
    ),
    Case(
        "RI limits, packaging and appeal to the young",
        (
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(a) A person shall not prepare, distribute, sell, possess, or advertise any of the following:",
            ),
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(5) A kratom product containing any synthetic alkaloids including synthetic mitragynine, synthetic 7-hydroxymitragynine, or any other synthetically derived compounds of the kratom plant.",
            ),
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(6) A kratom product that contains a heavy metal that exceeds any of the following limits in parts per million: (i) Arsenic <2 (ii) Cadmium <0.82",
            ),
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(9) A kratom product not contained in child-resistant packaging.",
            ),
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(10) A kratom product that contains a concentration ratio that is:",
            ),
            (
                (
                    "Chapter 28.12 The Rhode Island Kratom Act",
                    "21-28.12-3. Kratom and kratom product limitations.",
                ),
                "(ii) Greater than 0.5 mg 7-hydroxymitragynine per gram; or",
            ),
            (
                ("Chapter 28.12 The Rhode Island Kratom Act", "21-28.12-4. Sale to minors."),
                "(a) It shall be unlawful to sell or distribute kratom to any person under the age of twenty-one (21) years.",
            ),
            (
                ("Chapter 28.12 The Rhode Island Kratom Act", "21-28.12-6. Licenses."),
                "Each person engaging in the business of selling kratom or kratom products in this state shall secure a license from the department before engaging in that business.",
            ),
        ),
        says={"leaf": "named", "7-oh": "named", "derivatives": "named"},
        age=21,
        caps=("0.5 mg/g",),
        duties=("registration", "packaging", "synthetic_ban"),
    ),
    Case(
        "SC fully synthetic alkaloid, out of reach",
        (
            "SECTION 44-53-2020. (A) It is unlawful to: (1) distribute, dispense, or sell any kratom product to any individual under twenty-one years of age; (2) sell a kratom product that: (c) contains a fully synthetic alkaloid including, but not limited to, fully synthetic mitragynine, fully synthetic 7-hydroxymitragynine, or any other fully synthetically derived compound of the plant mitragyna speciosa;",
        ),
        says={"leaf": "named", "7-oh": "named", "derivatives": "named"},
        age=21,
        duties=("synthetic_ban",),
    ),
    Case(
        "SD one giant sentence",
        (
            "34-20B-115.1. No person may prepare, sell, or distribute a kratom product that: (1) Contains a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the alkaloid composition of the product; (2) Contains synthetic mitragynine, synthetic 7-hydroxymitragynine, or any other synthetic alkaloid; (5) Does not include on its package or label the recommended serving size of the kratom product; A violation of this section is a Class 2 misdemeanor.",
            "34-20B-114. It is a Class 2 misdemeanor to knowingly sell or distribute kratom to a person under the age of twenty-one.",
        ),
        says={"leaf": "named", "7-oh": "named"},
        age=21,
        caps=("2%",),
        duties=("labelling", "synthetic_ban", "penalties"),
    ),
    Case(
        "TN from regulated to an offence",
        (
            "39-17-452. (a) It is an offense to knowingly possess, manufacture, deliver, or sell kratom or a product containing kratom.",
            "(b) A violation of subsection (a) by delivery or sale to a person under eighteen (18) years of age is a Class B felony.",
        ),
        says={"leaf": "listed"},
        duties=("penalties",),
        bans=(("possess", "leaf"), ("sell", "leaf")),
    ),
    Case(
        "TN age, by possession",
        (
            "(A) it is an offense for a person under the age of twenty-one (21) to knowingly purchase or possess Kratom in the form of a tea, dietary supplement, or food ingredient. All persons purchasing Kratom must present valid, government-issued photo identification at the point of sale.",
        ),
        says=NAMED,
        age=21,
        duties=("age_verification",),
    ),
    Case(
        "TX two chapters on one page",
        (
            "CHAPTER 443. TOBACCO",
            "Sec. 443.001. A person may not sell cigarettes to a person younger than 21 years of age.",
            "CHAPTER 444. MANUFACTURE, DISTRIBUTION, AND SALE OF KRATOM PRODUCTS",
            "Sec. 444.003. ADULTERATED PRODUCTS. A kratom processor or kratom retailer may not prepare, distribute, sell, or offer to sell a kratom product that:",
            "(3) contains a level of 7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the overall alkaloid composition of the product; or",
            "(4) contains any synthetic alkaloids, including synthetic 7-hydroxymitragynine.",
            "Sec. 444.004. SALE TO MINORS PROHIBITED. A kratom retailer may not distribute, sell, or offer to sell a kratom product to an individual younger than 18 years of age.",
            "Sec. 444.005. CIVIL PENALTY. A person who violates this chapter is liable for a civil penalty of not more than $250.",
            "CHAPTER 445. E-CIGARETTES",
            "Sec. 445.001. A retailer shall not sell to an individual younger than 21 years of age.",
        ),
        says={"leaf": "named", "7-oh": "named", "derivatives": "named"},
        age=18,
        caps=("2%",),
        duties=("synthetic_ban", "penalties"),
    ),
    Case(
        "UT registration and retail tobacco specialty",
        (
            "4-45-104. (1) A kratom processor or kratom retailer may not prepare, possess, distribute, sell, or offer for sale a kratom product that: (a) is not pure leaf kratom; and (b) does not include a product label on the kratom product packaging that states the amount of mitragynine.",
            "(4)(b) A kratom retailer shall register with the department as a kratom retailer.",
            "(c) The department may not register a person as a kratom retailer unless the kratom retailer is licensed as a retail tobacco specialty business.",
            "4-45-105. (1) A kratom processor may not distribute, sell, or offer for sale a kratom product to an individual under 18 years of age.",
        ),
        says={"leaf": "named", "mitragynine": "named"},
        age=18,
        duties=("labelling", "registration"),
    ),
    Case(
        "VA one item among a hundred",
        (
            "A. The following fraudulent acts or practices committed by a supplier in connection with a consumer transaction are hereby declared unlawful:",
            "1. Misrepresenting goods or services as those of another;",
            "75. Selling tobacco to a person younger than 18 years of age;",
            "84. a. Selling or offering for sale to a person younger than 21 years of age any kratom product. b. Selling or offering for sale any kratom product that does not include a label listing all ingredients and with the following guidance: “This product may be harmful to your health.”",
            "85. Failing to disclose the total cost of a good;",
        ),
        says=NAMED,
        age=21,
        duties=("labelling",),
    ),
    Case(
        "VT regulated drug rule lists names",
        (
            (("Regulated Drug Rule", "4.0 Hallucinogenic drugs"), "Mescaline", "item"),
            (("Regulated Drug Rule", "4.0 Hallucinogenic drugs"), "Mitragynine", "item"),
            (("Regulated Drug Rule", "4.0 Hallucinogenic drugs"), "7-hydroxymitragynine", "item"),
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
    ),
    Case(
        "WI sub-paragraphs",
        (
            "961.14 Schedule I. Unless specifically excepted by state or federal law or regulation, the following substances are listed in schedule I:",
            "(7) STIMULANTS. Any material, compound, mixture, or preparation which contains any quantity of any of the following substances:",
            "(mk) Mitragynine.",
            "(mL) 7-hydroxymitragynine.",
        ),
        says={"mitragynine": "listed", "7-oh": "listed", "leaf": "silent"},
        schedule="I",
    ),
    Case(
        "WV permits",
        (
            "§19-12F-4. (a) Any person manufacturing, processing, distributing, offering for sale, or selling any kratom or kratom products in this state shall have a permit issued by the commissioner.",
            "§19-12F-6. A retailer shall verify the age of the buyer of kratom: a person who is 21 years of age or older may purchase.",
        ),
        says=NAMED,
        age=21,
        duties=("registration", "age_verification"),
    ),
    Case(
        "WY definition leaves out the synthesized alkaloid",
        (
            '(vi) "Kratom product" means a food or dietary supplement that consists of or contains any part of the kratom leaf or kratom leaf extract. "Kratom product" shall not include any synthesized alkaloid or semi-synthesized alkaloid;',
        ),
        says={"leaf": "named", "derivatives": "named"},
        duties=("synthetic_ban",),
    ),
    Case(
        "US final order",
        (
            "DEPARTMENT OF JUSTICE Drug Enforcement Administration 21 CFR Part 1308",
            "ACTION: Temporary amendment; temporary scheduling order.",
            "The Administrator is issuing this temporary order to schedule mitragynine pseudoindoxyl, MGM-15, and MGM-16 in schedule I of the Controlled Substances Act.",
        ),
        title="Schedules of Controlled Substances: Temporary Placement of Mitragynine Pseudoindoxyl, MGM-15, and MGM-16 in Schedule I",
        says={"derivatives": "listed", "mitragynine": "silent", "7-oh": "silent"},
        schedule="I",
    ),
    Case(
        "US notice of intent is no law",
        (
            "ACTION: Notice of intent.",
            "The Administrator of the Drug Enforcement Administration is issuing this notice of intent to temporarily schedule the opioids mitragynine and 7-hydroxymitragynine, which are the main active constituents of the plant kratom, into schedule I.",
        ),
        says={"leaf": "named", "mitragynine": "named", "7-oh": "named"},
    ),
    Case(
        "US eCFR rows with code numbers",
        (
            (
                ("21 CFR Part 1308", "§ 1308.11 Schedule I."),
                "(h) Temporary listing of substances subject to emergency scheduling. Any material which contains any quantity of the following substances:",
            ),
            (
                ("21 CFR Part 1308", "§ 1308.11 Schedule I."),
                "(89) mitragynine pseudoindoxyl (other name: MP) | 9672",
                "row",
            ),
            (
                ("21 CFR Part 1308", "§ 1308.11 Schedule I."),
                "(90) MGM-15 (other name: dihydro-7-hydroxymitragynine) | 9673",
                "row",
            ),
        ),
        says={"derivatives": "listed", "mitragynine": "silent", "7-oh": "silent"},
        schedule="I",
    ),
    Case(
        "TN substances in any product",
        (
            "39-17-452. (a) It is an offense to knowingly produce, manufacture, distribute, sell, offer for sale or possess any capsule, pill, or other product composed of or containing any amount of any of the following substances:",
            "(1) Synthetic cannabinoids;",
            "(5) Mitragynine;",
            "(6) 7-hydroxymitragynine.",
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        bans=(("possess", "mitragynine"), ("sell", "7-oh")),
    ),
    Case(
        "KY sale ban, possession left alone",
        (
            "Beginning January 1, 2026, a person shall not sell, distribute, or offer for sale a kratom product in this Commonwealth.",
        ),
        says={"leaf": "listed"},
        bans=(("sell", "leaf"),),
    ),
    Case(
        "county board bans by resolution, a doctor's exception aside",
        (
            "The Board of Supervisors hereby bans the sale, distribution and possession of kratom in the County.",
            "It shall be unlawful for any person, firm or corporation to possess, use, sell, give, or offer for sale any kratom product, except as prescribed by a licensed physician.",
        ),
        says={"leaf": "listed"},
        bans=(("possess", "leaf"), ("sell", "leaf")),
    ),
    Case(
        "SC two laws on one page: a schedule and, later, the kratom sections",
        (
            "SECTION 44-53-190. Schedule I.",
            "(D) Any material which contains any quantity of the following hallucinogenic substances: (1) MDA; (47) Mescaline;",
            "SECTION 44-53-2020. Kratom products.",
            "(A) It is unlawful to distribute, dispense, or sell any kratom product to any individual under twenty-one years of age;",
        ),
        title="Title 44 Chapter 53 Poisons, Drugs and Other Controlled Substances",
        says={"leaf": "named"},
        age=21,
    ),
    Case(
        "LA hidden plant: a prohibited plant is defined",
        (
            "C. For the purposes of this Section:",
            '(4) "Prohibited plant" means any part or portion of any of the following:',
            "(a) Salvia divinorum.",
            "(b) Mitragyna speciosa.",
        ),
        title="RS 40:989.2",
        says={"leaf": "listed"},
    ),
    Case(
        "IL minors, the number in another clause",
        (
            "“Minor” means a person who is under twenty-one years of age.",
            "A retailer may not sell kratom products to a minor.",
        ),
        says=NAMED,
        age=21,
    ),
    Case(
        "city code: offered for sale",
        (
            (
                ("Chapter 6.40 Kratom", "6.40.030 Prohibition"),
                "A. It is unlawful for any person to possess, sell, offer for sale, distribute or import any substance containing kratom within the City.",
            ),
        ),
        says={"leaf": "listed"},
        bans=(("possess", "leaf"), ("sell", "leaf"), ("import", "leaf")),
    ),
    Case(
        "city code: passive",
        (
            "The sale, distribution, or possession of kratom in the City of San Diego is prohibited.",
        ),
        says={"leaf": "listed"},
        bans=(("possess", "leaf"), ("sell", "leaf")),
    ),
    Case(
        "city code: age with a posting",
        (
            "6.40.030 No person, retailer, or business shall sell, offer for sale, or distribute any kratom product to any person under the age of 21.",
            "6.40.040 A retailer shall verify by means of government-issued photographic identification that the purchaser is at least 21 years of age.",
            "6.40.050 Kratom products shall be stored behind the counter, and no kratom product may be sold from a vending machine or within 1,000 feet of a school.",
        ),
        says=NAMED,
        age=21,
        duties=("age_verification", "display", "premises"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_american_law_reads_as_written(read, case):
    finding = read(*case.passages, title=case.title)
    assert finding.readable, finding.problems
    assert {k: finding.says(k) for k in case.says} == case.says
    assert finding.schedule == case.schedule
    assert (finding.minimum_age.years if finding.minimum_age else None) == case.age
    assert tuple(str(cap) for cap in finding.caps) == case.caps
    assert set(case.duties) <= {duty.name for duty in finding.duties}
    bans = {(str(p.activity), str(p.substance)) for p in finding.prohibitions}
    assert set(case.bans) <= bans
    if not case.bans:
        assert not bans


def test_half_of_the_states_are_covered():
    assert len({case.name[:2] for case in CASES if case.name[:2].isupper()}) >= 25
