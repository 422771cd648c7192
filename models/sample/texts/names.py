"""Names of the invented division's people, in the order in which they are taken.

They mix as they do in a Saskatchewan staff room: Cree, Métis, Saulteaux, Dakota, Ukrainian, German,
Mennonite, French, Scottish, Irish, Norwegian, Filipino, Nigerian, Punjabi, Chinese,
Vietnamese and more.
"""

from __future__ import annotations

from .shapes import SampleName

_NAMES = """
Okafor, Amara; Bear, Nicole; Kowalchuk, Darren; Chen, Wei; Lafrenière, Josée; MacLeod, Fiona;
Reyes, Marisol; Friesen, Tyler; Dhaliwal, Harpreet; Smith, Jordan; Nguyen, Thi Lan;
Cardinal, Raymond; Dubois, Marie-Ève; Schultz, Brenda; Adeyemi, Tunde; Two Hearts, Leona;
Hrynkiw, Oksana; Brown, Ada; dela Cruz, Joselito; Desjarlais, Colette; Wiebe, Marlene;
Gill, Simran; Campbell, Ewan; Tran, Minh; Pelletier, Gaston; Ironstar, Delphine;
Bodnarchuk, Stefan; Zhang, Li Na; Eze, Chidinma; Halvorson, Kirsten; Bautista, Rowena;
Ouellette, Mathieu; Neufeld, Carla; Sandhu, Gurdeep; Whitecap, Verna; Fraser, Alistair;
Hoffart, Lorraine; Pham, Quoc; Gaudet, Isabelle; Morin, Clayton; Petryshyn, Larissa;
Santos, Ligaya; Wolfe, Shauna; Balogun, Folake; O’Donnell, Maeve; Klassen, Peter; Brar, Jasleen;
Lavallée, Rosalie; Wong, Kenneth; Thunderchild, Rena; Lysenko, Halyna; Gerein, Monica;
Villanueva, Arnel; Tremblay, Étienne; Starr, Marvin; Bergen, Heidi; Nwosu, Ikenna;
Sinclair, Moira; Huynh, Bao; Poitras, Sylvie; Grewal, Amrit; Fiddler, Jolene; Romanchuk, Brent;
Liu, Xiaoming; Beaulieu, Geneviève; Penner, Arlene; Garcia, Cristina; Abiodun, Kehinde;
MacKinnon, Roderick; Favel, Danielle; Weninger, Curtis; Le, Hoang; Bilokur, Svitlana;
Racette, Antoine; Ewanyshyn, Terry; Mercado, Jocelyn; Badger, Wanda; Dyck, Jeremy;
Sidhu, Manpreet; Ross, Catriona; Kinistino-Delorme, Jacqueline; Huang, Mei; Gauthier, Luc;
Schnell, Rhonda; Obi, Ngozi; Sutherland, Graham; Aquino, Maricel; Crowe, Trevor; Stadnyk, Nadia;
Bouchard, Aurélie; Peters, Anneliese; Vu, Thanh; Mann, Rajvir; Gordon, Isla; Lerat, Corinne;
Olafson, Bjorn; Ogunleye, Sade; Hnatiuk, Myron; Fafard, Céline; Bitternose, Eldon;
Hildebrandt, Joyce; Xu, Jing; Manalo, Rodel; Kaur, Navneet; Armstrong, Kerry; McNab, Theresa;
Dumont, Pascal; Reimer, Sheldon; Phan, Kim Ngan; Musqua, Calvin; Semchuk, Olena; Leippi, Gwen;
Okonkwo, Obinna; Douglas, Malcolm; Navarro, Analyn; Caron, Mélanie; Wapemoose, Sharon;
Zacharias, Ruth; Cheung, Anita; Toor, Parminder; Kozak, Lesia; Laliberte, Norbert; Haugen, Ingrid;
Bernard, Thérèse; Olson, Dale; Yellowknee, Priscilla; Do, Anh; Bello, Ibrahim; Kraus, Leonard;
Pascual, Divina; Murray, Heather; Keewatin, Jared; Prokopchuk, Vera; St. Germain, Lucille;
Thiessen, Kyle; Lin, Yu-Ting; Bains, Kiranjot; Cyr, Benoît; Gamble, Tamara; Mazur, Danylo;
Nkemelu, Adaeze; Stewart, Lachlan; Flores, Grace; Fisher, Anthony; Krahn, Doreen; Truong, Van;
Bellerose-Whitford, Charmaine; Bélanger, Olivier; Sawchyn, Pamela; Gutierrez, Ramon;
Littlechief, Joanne; Unger, Matthias; Ma, Jun; Virk, Balwinder; McTavish, Bonnie;
Parenteau, Noella; Dziuba, Iryna; Eberle, Wayne; Salazar, Liezl; Adebayo, Yetunde;
Goodwill, Harvey; Chabot, Amélie; Derksen, Lynette; Dang, Phuong; Kerr, Duncan; Machiskinic, Bev;
Hryhorenko, Taras; Fortier, Jean-François; Tawiyaka, Melvin; Gao, Rui; Deol, Inderjit;
Boldt, Susan; Castillo, Emmanuel; Jimmy, Marcia; Amadi, Uche; Lindqvist, Erik; Swiderski, Anna;
Gervais, Chantal; Pratt, Lyle; Hofer, Rachel; Lam, Vivian; Rempel, Nathan; Soriano, Teresita;
Wesaquate, Arliss; Macdonald, Iain; Bohun, Zoya; Dufresne, Rémi; Pewapsconias, Gail; Lo, Edmund;
Randhawa, Sukhdeep; Frank, Colleen; Ocampo, Vicente; Onyango, Achieng; Michel, Darcy;
Fleury, Gisèle; Stasiuk, Roman; Toews, Evangeline; Bui, Linh; Kennedy, Shannon;
Moosewah-Redwood, Alana; Fischer, Gerald; Diallo, Aïssatou; Wasyliw, Kathy;
Thériault-Lachance, Marguerite; Quewezance, Dion; Zhao, Hong; Cheema, Ravinder; Hamilton, Blair;
Domingo, Precious; Vermette, Lionel; Janzen, Erika; Ho, Duc; Olynyk, Trish; Nahbexie, Florence;
Girard, Noémie; Epp, Lorne; Mokoena-Laurier, Thandi; Jackson, Wendell; Kindrachuk, Orest;
Delorme, Raquel; Yip, Candace; Smith, Jordan; Basaraba, Sonia; Rivera, Jun-Jun; Oakes, Vernon;
Ferland, Sébastien; Braun, Tabitha; Lau, Winnie; Uppal, Gagandeep; Irvine, Nessa; Kahnapace, Rita;
Ferchuk, Donna; Ilagan, Renato; Ukwu, Blessing; Hordyski, Lena; Sayese, Phyllis; Paquette, Yves;
Loewen, Gordon; Duong, Hanh; Buchanan, Craig; Bighead, Lorna; Melnychuk, Andriy; Ramos, Lourdes;
Acoose-Kingfisher, Sierra; Ens, Rosemarie; Yuen, Patrick; Chahal, Tejpal; Guthrie, Elspeth;
Ledoux, Armand; Nazarko, Bohdana; Weiss, Hannelore; Fernando, Dilani; Iqbal, Saima;
Kequahtooway, Wes; Côté, Véronique; Heinrichs, Douglas; Trinh, My; Pomedli, Agnes;
Oyelaran, Segun; Lockhart, Tessa; Daniels, Roxanne; Hawryluk, Petro; Magsaysay-Ortiz, Corazon;
Gosselin, Philippe; Enns, Verlyn; Ng, Stephanie; Johal, Mandeep; Forsyth, Neil;
Littletent, Cynthia; Chorney, Marusia; Wallace, Rory; Demers, Nathalie; Asapace-Ross, Dallas;
Funk, Bernice; Luong, Hai; Ejiofor, Kelechi; Sveinsson, Thora; Peequaquat, Len; Hudyma, Walter;
Marquez, Jerome; Doucette, Lise; Regier, Abram; Tso, Gloria; Basra, Jaspreet; Lamont, Sheena;
Head, Rosanna; Fedoruk, Natalka; Becker, Dwight; Sison, Evelyn; Khan, Bilal; Belhumeur, Ghislaine;
Severight, Mona; Martens, Cheryl; Doan, Tuan; Hussein, Hodan; Anderson, Britt; Shewchenko, Yuri;
Mandes, Florian; Arcand-Nolin, Mariette; Kwok, Terence; Rai, Sukhmani; Blackbird, Lucas;
Odell, Faith; Tkachuk-Merasty, Dana; Valdez, Noel; Simard, Anne-Sophie; Isaak, Conrad; Quan, Bich;
Tesfaye, Selam; MacIntyre, Angus; Standingready, Ivy; Woytowich, Greg; Joubert, Léa; Plett, Myrna;
Choi, Minji; Sohal, Arshdeep; Ermine, Curtis; Rasmussen, Signe; Babiuk, Ted; Enriquez, Analiza;
Nolin, Réjean; Giesbrecht, Wanda; Mac, Tien; Ibekwe, Chukwudi; Cameron, Morag; Obey, Lorelei;
Derkach, Maria; Marchand, Gilles; Suderman, Faye; Tang, Jason; Bhullar, Rupinder; Napope, Ernest;
Yaremko, Sofia; Sevigny, Maude; Wall, Henry; Torres, Marivic; Osei, Akosua; Charles, Bernadette;
Kostiuk, Jaroslav; Bird-Lalonde, Marcelline; Thorvaldson, Gudrun; Zaleski, Piotr
"""


def _read(names: str) -> tuple[SampleName, ...]:
    pairs = (entry.split(",") for entry in names.split(";"))
    return tuple(SampleName(given.strip(), family.strip()) for family, given in pairs)


NAMES = _read(_NAMES)
"""Every pair distinct but one: two people are called Jordan Smith, as happens."""
