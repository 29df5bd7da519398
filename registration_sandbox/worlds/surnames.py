"""Surnames of simulated people.

Each has six letters or more and is no English word, so that a password that somebody types by hand, or that a feature
gives, does not hold the name of its owner by chance: Cymmetri refuses that, and ``ram`` is in ``Violet-Tram#27``.
"""

SURNAMES = (
    "Acharya", "Agarwal", "Ahluwalia", "Bakshi", "Balakrishnan", "Balasubramanian", "Banerjee", "Bansal", "Bhagat",
    "Bhalla", "Bhandari", "Bhardwaj", "Bhargava", "Bhasin", "Bhatia", "Bhatnagar", "Bhattacharyya", "Biswas",
    "Brahmbhatt", "Chacko", "Chadha", "Chakraborty", "Chandran", "Chatterjee", "Chaudhary", "Chauhan", "Chawla",
    "Cherian", "Chhabra", "Choudhury", "Dasgupta", "Deshmukh", "Deshpande", "Dhaliwal", "Dhawan", "Dhillon",
    "Dhingra", "Gandhi", "Ganesan", "Ganguly", "Gokhale", "Goswami", "Grewal", "Gulati", "Halder", "Iyengar",
    "Jayaraman", "Jhaveri", "Kadakia", "Kalita", "Kamdar", "Kannan", "Kapadia", "Kapoor", "Karnik", "Kashyap",
    "Khandelwal", "Khanna", "Khatri", "Khosla", "Khurana", "Kothari", "Krishnamurthy", "Krishnan", "Kulkarni",
    "Kurian", "Luthra", "Mahajan", "Majumdar", "Malhotra", "Mallick", "Mishra", "Mittal", "Mohanty", "Mukherjee",
    "Mukhopadhyay", "Murthy", "Nadkarni", "Nagarajan", "Narang", "Narasimhan", "Narayanan", "Narula", "Natarajan",
    "Oommen", "Padmanabhan", "Pandey", "Parekh", "Parikh", "Pathak", "Pillai", "Prabhakar", "Pradhan", "Purohit",
    "Radhakrishnan", "Raghavan", "Rajagopalan", "Ramachandran", "Ramakrishnan", "Ramanathan", "Ramaswamy",
    "Randhawa", "Ranganathan", "Rastogi", "Sabharwal", "Sachdeva", "Sandhu", "Sanghvi", "Sankaran", "Sarkar",
    "Sawhney", "Saxena", "Sehgal", "Sekhon", "Sengupta", "Seshadri", "Shankar", "Sharma", "Shenoy", "Shetty",
    "Shukla", "Singhal", "Solanki", "Sridhar", "Srinivasan", "Srivastava", "Subramaniam", "Sundaram", "Swaminathan",
    "Talwar", "Taneja", "Thakkar", "Thakur", "Tiwari", "Tripathi", "Trivedi", "Upadhyay", "Vaidya", "Varghese",
    "Venkataraman", "Viswanathan", "Wadhwa", "Yohannan",
)  # fmt: skip
